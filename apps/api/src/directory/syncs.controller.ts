import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotFoundError, isUuid } from '#libs/core';
import { DirectorySyncService, SyncStore } from '#libs/directory';
import { AuditLog, requireAccount, type Identity } from '#libs/security';
import {
  ApiPage,
  ApiProblems,
  CurrentIdentity,
  ListQuery,
  RequestId,
  RequireScopes,
  idCursor,
  pageOf,
  type Page,
} from '../http/index.js';
import { RequestSyncDto, SyncDto } from './sync.dto.js';

const LIST = 'syncs';

@ApiTags('Directory')
@Controller('v1/directory')
export class SyncsController {
  constructor(
    private readonly service: DirectorySyncService,
    private readonly syncs: SyncStore,
    private readonly audit: AuditLog,
  ) {}

  @Post('sync')
  @HttpCode(202)
  @RequireScopes('directory:write')
  @ApiOperation({ summary: "Read a vendor's address book into the directory" })
  @ApiAcceptedResponse({ type: SyncDto, description: 'A worker does it; the one under way, if there is one' })
  @ApiProblems(400, 404, 422)
  async request(
    @Body() { account, force = false }: RequestSyncDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SyncDto> {
    requireAccount(identity, account);
    const sync = await this.service.request({
      of: 'people',
      account,
      force,
      trigger: 'manual',
      requestedBy: identity.keyName,
    });
    const details = { sync: sync.id, force };
    await this.audit.record({ identity, action: 'directory.sync', object: `account:${account}`, details, requestId });
    void reply.header('location', `/v1/directory/syncs/${sync.id}`);
    return SyncDto.from(sync);
  }

  @Get('syncs')
  @RequireScopes('directory:read')
  @ApiOperation({ summary: 'List the readings, newest first' })
  @ApiPage(SyncDto, 'A page of readings; the last 200 of each account are kept')
  @ApiProblems(400, 422)
  async list(@Query() { cursor, limit }: ListQuery): Promise<Page<SyncDto>> {
    const rows = await this.syncs.list(limit + 1, idCursor(LIST, cursor));
    return pageOf(LIST, rows, limit, { positionOf: ({ id }) => [id], present: SyncDto.from });
  }

  @Get('syncs/:id')
  @RequireScopes('directory:read')
  @ApiOperation({ summary: 'One reading, and how far it has come' })
  @ApiOkResponse({ type: SyncDto })
  @ApiProblems(404)
  async get(@Param('id') id: string): Promise<SyncDto> {
    if (!isUuid(id)) throw new NotFoundError('There is no such sync');
    return SyncDto.from(await this.syncs.get(id));
  }
}
