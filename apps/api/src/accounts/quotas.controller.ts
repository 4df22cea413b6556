import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { LimitLedger, type AccountQuota } from '#libs/accounts';
import type { Language } from '#libs/core';
import { ApiProblems, RequestLanguage, RequireScopes } from '../http/index.js';
import { QuotaDto, QuotasDto } from './quota.dto.js';

@ApiTags('Accounts')
@Controller('v1')
export class QuotasController {
  constructor(private readonly ledger: LimitLedger) {}

  @Get('accounts/:code/quota')
  @RequireScopes('accounts:read')
  @ApiOperation({ summary: 'What an account has used of its limits' })
  @ApiOkResponse({ type: QuotaDto })
  @ApiProblems(404)
  async quota(@Param('code') code: string, @RequestLanguage() language: Language): Promise<object> {
    return present(await this.ledger.get(code), language);
  }

  @Get('quotas')
  @RequireScopes('accounts:read')
  @ApiOperation({ summary: 'What every account has used of its limits, by code' })
  @ApiOkResponse({ type: QuotasDto })
  @ApiProblems()
  async quotas(@RequestLanguage() language: Language): Promise<object> {
    const quotas = await this.ledger.list();
    return { data: quotas.map((quota) => present(quota, language)) };
  }
}

const present = (quota: AccountQuota, language: Language): object => ({
  ...quota,
  limits: quota.limits.map((limit) => ({ ...limit, label: limit.label[language] })),
});
