import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeysService, KeyCalls } from '#libs/security';
import { ApiProblems, RequireScopes } from '../http/index.js';
import { KeyUsageDto, KeyUsageQuery } from './key-limits.dto.js';

@ApiTags('Callers and keys')
@Controller('v1/api-keys/:id/usage')
export class KeyUsageController {
  constructor(
    private readonly keys: ApiKeysService,
    @Inject(KeyCalls) private readonly calls: KeyCalls,
  ) {}

  @Get()
  @RequireScopes('keys:write')
  @ApiOperation({ summary: 'Calls per day of a key; a second behind' })
  @ApiOkResponse({ type: KeyUsageDto })
  @ApiProblems(404, 422)
  async list(@Param('id') id: string, @Query() { days }: KeyUsageQuery): Promise<KeyUsageDto> {
    const key = await this.keys.get(id);
    return { data: await this.calls.list(key.id, days) };
  }
}
