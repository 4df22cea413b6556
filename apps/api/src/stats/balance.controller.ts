import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CLOCK, ValidationError, type Clock } from '#libs/core';
import { BalanceReader } from '#libs/messages';
import { ApiProblems, RequireScopes } from '../http/index.js';
import { BalanceDto, BalanceQuery } from './balance.dto.js';

const DAY_MS = 86_400_000;
const LONGEST_RANGE_MS = 31 * DAY_MS;

@ApiTags('stats')
@Controller('v1/stats')
export class BalanceController {
  constructor(
    @Inject(BalanceReader) private readonly balances: BalanceReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('balance')
  @RequireScopes('stats:read')
  @ApiOperation({ summary: 'Whether accepted recipients equal those in final states plus those in flight' })
  @ApiOkResponse({ type: BalanceDto })
  @ApiProblems(422)
  async balance(@Query() query: BalanceQuery): Promise<BalanceDto> {
    const { createdAfter, createdBefore } = this.rangeOf(query);
    const balance = await this.balances.read(createdAfter, createdBefore);
    return { createdAfter: createdAfter.toISOString(), createdBefore: createdBefore.toISOString(), ...balance };
  }

  private rangeOf({ createdAfter, createdBefore = this.clock.now() }: BalanceQuery): Required<BalanceQuery> {
    const range = { createdAfter: createdAfter ?? new Date(createdBefore.getTime() - DAY_MS), createdBefore };
    const lengthMs = range.createdBefore.getTime() - range.createdAfter.getTime();
    if (lengthMs >= 0 && lengthMs <= LONGEST_RANGE_MS) return range;
    const message = 'must lie before `createdBefore`, by at most 31 days';
    throw new ValidationError([{ parameter: 'createdAfter', code: 'out_of_range', message }]);
  }
}
