import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { CLOCK, type Clock } from '#libs/core';
import { RecountStore, type RecountedHour } from '#libs/insight';
import { AuditLog, type Identity } from '#libs/security';
import { ApiPage, ApiProblems, CurrentIdentity, RequestId, RequireScopes, type Page } from '../http/index.js';
import { rangeOf } from './stat-range.js';
import { RecountAskedDto, RecountedHourDto } from './stats.dto.js';
import { RecountDto } from './stats.query.js';

const USUAL_MS = 3 * 86_400_000;
const SHOWN_HOURS = 200;

@ApiTags('stats')
@Controller('v1/stats/recounts')
export class RecountsController {
  constructor(
    @Inject(RecountStore) private readonly recounts: RecountStore,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @RequireScopes('stats:read')
  @ApiPage(RecountedHourDto, 'The last 200 hours that were or will be counted again, newest first')
  @ApiProblems()
  async list(): Promise<Page<RecountedHourDto>> {
    return { data: (await this.recounts.list(SHOWN_HOURS)).map(present), nextCursor: null };
  }

  @Post()
  @HttpCode(202)
  @RequireScopes('queues:write')
  @ApiOperation({ summary: 'Counts figures from the rows again, as every night, and puts them right' })
  @ApiBody({ type: RecountDto, required: false })
  @ApiAcceptedResponse({
    type: RecountAskedDto,
    description: 'Hours that are no longer kept by the minute are left out',
  })
  @ApiProblems(422)
  async ask(
    @Body() body: RecountDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<RecountAskedDto> {
    const { createdAfter, createdBefore } = rangeOf(body, this.clock.now(), USUAL_MS);
    const hours = await this.recounts.ask(createdAfter, createdBefore, this.config.stats.minuteDays);
    const asked = hours.map((hour) => hour.toISOString());
    const details = { hours: asked.length, from: asked[0] ?? null, to: asked.at(-1) ?? null };
    await this.audit.record({ identity, action: 'stats.recount', object: 'stats', details, requestId });
    return { hours: asked };
  }
}

const present = ({ countedAt, differences, hour, isDue }: RecountedHour): RecountedHourDto => ({
  hour: hour.toISOString(),
  status: isDue ? 'due' : 'counted',
  ...(countedAt && { countedAt: countedAt.toISOString() }),
  differences,
});
