import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AccountsService, type AccountDescription } from '#libs/accounts';
import type { JsonObject } from '#libs/core';
import { SweepStore } from '#libs/messages';
import { AuditLog, requireAccount, type Identity } from '#libs/security';
import {
  ApiPage,
  ApiProblems,
  CurrentIdentity,
  RequestId,
  RequireAnyScope,
  RequireScopes,
  decodeCursor,
  etagOf,
  pageOf,
  requireMatch,
  type Page,
} from '../http/index.js';
import { accountFor } from './account-visibility.js';
import { AccountChangeDto, AccountDto, AccountsQuery, NewAccountDto } from './account.dto.js';

const LIST = 'accounts';

@ApiTags('Accounts')
@Controller('v1/accounts')
export class AccountsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly audit: AuditLog,
    private readonly sweep: SweepStore,
  ) {}

  @Get()
  @RequireScopes('accounts:read')
  @ApiOperation({ summary: 'List the accounts, newest first' })
  @ApiPage(AccountDto, 'Accounts, newest first')
  @ApiProblems(400, 422)
  async list(@Query() query: AccountsQuery): Promise<Page<AccountDescription>> {
    const { limit, cursor, channel, status } = query;
    const position = decodeCursor(LIST, cursor, ['instant', 'text']);
    const after = position && { createdAt: new Date(position[0]), code: position[1] };
    const filter = { ...(channel !== undefined && { channel }), ...(status !== undefined && { status }) };
    return pageOf(LIST, await this.accounts.list(filter, limit + 1, after), limit, {
      positionOf: (account) => [account.createdAt.toISOString(), account.code],
      present: (account) => account,
    });
  }

  @Post()
  @RequireScopes('accounts:write')
  @ApiOperation({ summary: 'Add an account' })
  @ApiBody({ type: NewAccountDto })
  @ApiCreatedResponse({ type: AccountDto })
  @ApiProblems(400, 409, 413, 415, 422)
  async create(
    @Body() body: JsonObject = {},
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountDescription> {
    if (typeof body['code'] === 'string') requireAccount(identity, body['code']);
    const line = { identity, action: 'account.create', requestId };
    const account = await this.accounts.create(body, (sql, { code, ...details }) =>
      this.audit.record({ ...line, object: `account:${code}`, details }, sql),
    );
    const { code } = account;
    void reply.header('location', `/v1/accounts/${code}`).header('etag', etagOf(account.version));
    return account;
  }

  @Get(':code')
  @RequireScopes('accounts:read')
  @ApiOperation({ summary: 'One account, secrets masked' })
  @ApiOkResponse({ type: AccountDto })
  @ApiProblems(404)
  async get(@Param('code') code: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<AccountDescription> {
    const account = await this.accounts.get(code);
    void reply.header('etag', etagOf(account.version));
    return account;
  }

  @Put(':code')
  @RequireAnyScope('accounts:write', 'accounts:operate')
  @ApiOperation({ summary: 'Change an account; absent or masked secrets keep their value' })
  @ApiBody({ type: AccountChangeDto })
  @ApiOkResponse({ type: AccountDto })
  @ApiProblems(400, 404, 409, 412, 413, 415, 422)
  async update(
    @Param('code') code: string,
    @Body() body: JsonObject = {},
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountDescription> {
    requireAccount(identity, code);
    const line = { identity, action: 'account.update', object: `account:${code}`, requestId };
    const { account, changed } = await this.accounts.update(code, body, {
      ifVersion: await this.seenVersion(code, ifMatch),
      onlySecrets: !identity.scopes.has('accounts:write'),
      alongside: (sql, { code: _code, ...details }) => this.audit.record({ ...line, details }, sql),
    });
    if (changed.includes('limits')) await this.sweep.reconsider(code);
    void reply.header('etag', etagOf(account.version));
    return accountFor(identity, account);
  }

  @Delete(':code')
  @HttpCode(204)
  @RequireScopes('accounts:write')
  @ApiOperation({ summary: 'Delete an account that nothing uses' })
  @ApiNoContentResponse()
  @ApiProblems(404, 409, 412)
  async delete(
    @Param('code') code: string,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<void> {
    requireAccount(identity, code);
    const line = { identity, action: 'account.delete', object: `account:${code}`, requestId };
    await this.accounts.delete(code, await this.seenVersion(code, ifMatch), (sql) => this.audit.record(line, sql));
  }

  /** The version that `If-Match` names; undefined when the last writer wins. */
  private async seenVersion(code: string, ifMatch: string | undefined): Promise<number | undefined> {
    if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
    const { version } = await this.accounts.get(code);
    requireMatch(ifMatch, version);
    return version;
  }
}
