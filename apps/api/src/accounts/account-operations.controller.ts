import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccountDoctor, AccountOperations, AccountsService, type AccountDescription } from '#libs/accounts';
import type { JsonObject, Language } from '#libs/core';
import { AuditLog, requireAccount, type Identity } from '#libs/security';
import { ApiProblems, CurrentIdentity, RequestId, RequestLanguage, RequireScopes } from '../http/index.js';
import { accountFor, wordsFor } from './account-visibility.js';
import { AccountCheckDto, AccountDto, AccountTokenDto, PauseDto } from './account.dto.js';

@ApiTags('Accounts')
@Controller('v1/accounts/:code')
export class AccountOperationsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly operations: AccountOperations,
    private readonly doctor: AccountDoctor,
    private readonly audit: AuditLog,
  ) {}

  @Post('pause')
  @HttpCode(200)
  @RequireScopes('accounts:operate')
  @ApiOperation({ summary: 'Pause an account' })
  @ApiBody({ type: PauseDto, required: false })
  @ApiOkResponse({ type: AccountDto, description: 'Nothing is sent through it; its deliveries wait' })
  @ApiProblems(404, 422)
  async pause(
    @Param('code') code: string,
    @Body() body: PauseDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<AccountDescription> {
    requireAccount(identity, code);
    const details = { reason: body.reason ?? null };
    const line = { identity, action: 'account.pause', object: `account:${code}`, details, requestId };
    const account = await this.operations.pause(code, body.reason ?? undefined, (sql) => this.audit.record(line, sql));
    return accountFor(identity, account);
  }

  @Post('resume')
  @HttpCode(200)
  @RequireScopes('accounts:operate')
  @ApiOperation({ summary: 'Resume an account' })
  @ApiOkResponse({ type: AccountDto })
  @ApiProblems(404)
  async resume(
    @Param('code') code: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<AccountDescription> {
    requireAccount(identity, code);
    const line = { identity, action: 'account.resume', object: `account:${code}`, requestId };
    const account = await this.operations.resume(code, (sql) => this.audit.record(line, sql));
    return accountFor(identity, account);
  }

  @Post('check')
  @HttpCode(200)
  @RequireScopes('accounts:operate')
  @ApiOperation({ summary: 'Check an account at the provider; sends nothing' })
  @ApiOkResponse({ type: AccountCheckDto, description: 'Each finding with the way to mend it' })
  @ApiProblems(404)
  async check(
    @Param('code') code: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @RequestLanguage() language: Language,
  ): Promise<object> {
    requireAccount(identity, code);
    await this.accounts.get(code);
    const { ok, checkedAt, findings } = await this.doctor.check(code);
    await this.record('account.check', code, identity, requestId, { ok });
    return {
      ok,
      checkedAt,
      findings: findings.map(({ check, ok: isFine, text, remedy }) => ({
        check,
        ok: isFine,
        text: wordsFor(identity, text[language]),
        ...(remedy && { remedy: remedy[language] }),
      })),
    };
  }

  @Get('token')
  @RequireScopes('tokens:read')
  @ApiOperation({ summary: 'Read the access token of an account (audited)' })
  @ApiOkResponse({ type: AccountTokenDto, description: 'The access token in force, for systems that share it' })
  @ApiProblems(404, 409)
  async token(
    @Param('code') code: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<object> {
    requireAccount(identity, code);
    const { value, expiresAt } = await this.operations.shareToken(code);
    await this.record('account.read_token', code, identity, requestId);
    return { account: code, accessToken: value, expiresAt };
  }

  private async record(
    action: string,
    code: string,
    identity: Identity,
    requestId: string,
    details: JsonObject = {},
  ): Promise<void> {
    await this.audit.record({ identity, action, object: `account:${code}`, details, requestId });
  }
}
