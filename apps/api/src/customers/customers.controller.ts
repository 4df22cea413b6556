import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CustomerStore, DirectorySyncService } from '#libs/directory';
import { AuditLog, mayUseAccount, requireAccount, type Identity } from '#libs/security';
import { SyncDto } from '../directory/sync.dto.js';
import {
  ApiPage,
  ApiProblems,
  CurrentIdentity,
  RequestId,
  RequireScopes,
  decodeCursor,
  pageOf,
  type Page,
} from '../http/index.js';
import {
  CustomerDto,
  CustomersQuery,
  CustomerTagCountDto,
  CustomerTagsQuery,
  ReadCustomersDto,
} from './customer.dto.js';

const LIST = 'customers';
const TAGS = 'customer-tags';

/** Customers of the staff: whom messages can be sent to through accounts for customers. */
@ApiTags('Customers')
@Controller('v1/customers')
export class CustomersController {
  constructor(
    private readonly customers: CustomerStore,
    private readonly syncs: DirectorySyncService,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @RequireScopes('customers:read')
  @ApiOperation({ summary: 'Find customers of the staff' })
  @ApiPage(CustomerDto, 'Customers, by account and id')
  @ApiProblems(400, 422)
  async list(@Query() query: CustomersQuery, @CurrentIdentity() identity: Identity): Promise<Page<CustomerDto>> {
    const { account, cursor, follower, limit, q, tag } = query;
    const accounts = await this.accountsFor(identity, account);
    const filter = {
      ...(accounts && { accounts }),
      ...(q !== undefined && { q }),
      ...(tag !== undefined && { tag }),
      ...(follower !== undefined && { follower }),
    };
    const rows = await this.customers.list(filter, limit + 1, decodeCursor(LIST, cursor, ['text', 'text']));
    return pageOf(LIST, rows, limit, { positionOf: (row) => [row.account, row.id], present: CustomerDto.from });
  }

  @Get('tags')
  @RequireScopes('customers:read')
  @ApiOperation({ summary: 'The tags that customers bear' })
  @ApiPage(CustomerTagCountDto, 'Tags, by account and id')
  @ApiProblems(400, 422)
  async listTags(
    @Query() { account, cursor, limit }: CustomerTagsQuery,
    @CurrentIdentity() identity: Identity,
  ): Promise<Page<CustomerTagCountDto>> {
    const accounts = await this.accountsFor(identity, account);
    const rows = await this.customers.listTags(accounts, limit + 1, decodeCursor(TAGS, cursor, ['text', 'text']));
    return pageOf(TAGS, rows, limit, { positionOf: (row) => [row.account, row.id], present: CustomerTagCountDto.from });
  }

  @Post('sync')
  @HttpCode(202)
  @RequireScopes('directory:write')
  @ApiOperation({ summary: 'Read the customers of the staff' })
  @ApiAcceptedResponse({ type: SyncDto, description: 'A worker does it; the one under way, if there is one' })
  @ApiProblems(400, 404, 422)
  async sync(
    @Body() { account }: ReadCustomersDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SyncDto> {
    requireAccount(identity, account);
    const wish = { of: 'customers', account, trigger: 'manual', requestedBy: identity.keyName } as const;
    const sync = await this.syncs.request(wish);
    const details = { sync: sync.id };
    await this.audit.record({ identity, action: 'customers.sync', object: `account:${account}`, details, requestId });
    void reply.header('location', `/v1/directory/syncs/${sync.id}`);
    return SyncDto.from(sync);
  }

  @Get(':account/:customer')
  @RequireScopes('customers:read')
  @ApiOperation({ summary: 'One customer, also one who is gone' })
  @ApiOkResponse({ type: CustomerDto })
  @ApiProblems(404)
  async get(
    @Param('account') account: string,
    @Param('customer') customer: string,
    @CurrentIdentity() identity: Identity,
  ): Promise<CustomerDto> {
    requireAccount(identity, account);
    return CustomerDto.from(await this.customers.get(account, customer));
  }

  /** Accounts to look at: the one asked for, else all that the key may use; undefined: all. */
  private async accountsFor(identity: Identity, wanted: string | undefined): Promise<readonly string[] | undefined> {
    if (wanted !== undefined) {
      requireAccount(identity, wanted);
      return [wanted];
    }
    if (identity.accounts === undefined) return undefined;
    return (await this.customers.listAccounts()).filter((account) => mayUseAccount(identity, account));
  }
}
