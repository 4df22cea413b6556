import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CLOCK, ValidationError, type Clock } from '#libs/core';
import {
  ApiKeysService,
  AuditLog,
  CallersService,
  requireOwnRights,
  type Identity,
  type IssuedKey,
} from '#libs/security';
import {
  ApiPage,
  ApiProblems,
  CurrentIdentity,
  ListQuery,
  pageOf,
  RequestId,
  RequireScopes,
  idCursor,
  type Page,
} from '../http/index.js';
import { ApiKeyDto, CreateApiKeyDto, IssuedApiKeyDto, RotateApiKeyDto, UpdateApiKeyDto } from './api-key.dto.js';
import { changeFrom, describeChange, settingsFrom } from './key-settings.js';

const LIST = 'api-keys';

@ApiTags('Callers and keys')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly callers: CallersService,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @RequireScopes('keys:write')
  @ApiOperation({ summary: 'List the keys, newest first' })
  @ApiPage(ApiKeyDto, 'A page of keys')
  @ApiProblems(400, 422)
  async list(@Query() query: ListQuery): Promise<Page<ApiKeyDto>> {
    const rows = await this.keys.list(query.limit + 1, idCursor(LIST, query.cursor));
    return pageOf(LIST, rows, query.limit, { positionOf: (row) => [row.id], present: ApiKeyDto.from });
  }

  @Get(':id')
  @RequireScopes('keys:write')
  @ApiOperation({ summary: 'One key' })
  @ApiOkResponse({ type: ApiKeyDto })
  @ApiProblems(404)
  async get(@Param('id') id: string): Promise<ApiKeyDto> {
    return ApiKeyDto.from(await this.keys.get(id));
  }

  @Post()
  @RequireScopes('keys:write')
  @ApiOperation({ summary: 'Make a key; it is shown once' })
  @ApiCreatedResponse({ type: IssuedApiKeyDto })
  @ApiProblems(400, 422)
  async create(
    @Body() body: CreateApiKeyDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IssuedApiKeyDto> {
    const settings = settingsFrom(body, this.clock.now());
    requireOwnRights(identity, settings);
    const caller = await this.callers.find(body.caller);
    if (!caller) throw unknownCaller(body.caller);
    const details = { caller: caller.code, name: settings.name, preset: settings.preset };
    const line = { identity, requestId, action: 'api-key.create', details };
    const issued = await this.keys.issue(caller, settings, ({ id }, sql) =>
      this.audit.record({ ...line, object: objectOf(id) }, sql),
    );
    return present(issued, reply);
  }

  @Put(':id')
  @RequireScopes('keys:write')
  @ApiOperation({ summary: 'Change a key: what is absent stays; other processes notice within five seconds' })
  @ApiOkResponse({ type: ApiKeyDto })
  @ApiProblems(400, 404, 422)
  async update(
    @Param('id') id: string,
    @Body() body: UpdateApiKeyDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<ApiKeyDto> {
    const change = changeFrom(body, this.clock.now());
    const key = await this.keys.get(id);
    requireOwnRights(identity, key);
    requireOwnRights(identity, { ...key, ...change });
    const line = { identity, requestId, action: 'api-key.update', object: objectOf(id) };
    const saved = await this.keys.update(id, change, ({ caller, name }, sql) =>
      this.audit.record({ ...line, details: { caller: caller.code, name, change: describeChange(change) } }, sql),
    );
    return ApiKeyDto.from(saved);
  }

  @Post(':id/rotate')
  @RequireScopes('keys:write')
  @ApiOperation({ summary: 'Make a key with the same rights; the old one stays valid for a while' })
  @ApiCreatedResponse({ type: IssuedApiKeyDto })
  @ApiProblems(400, 404, 409, 422)
  async rotate(
    @Param('id') id: string,
    @Body() body: RotateApiKeyDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IssuedApiKeyDto> {
    requireOwnRights(identity, await this.keys.get(id));
    const { overlapSeconds } = body;
    const line = { identity, requestId, action: 'api-key.rotate', object: objectOf(id) };
    const issued = await this.keys.rotate(id, overlapSeconds * 1000, (successor, sql) =>
      this.audit.record({ ...line, details: { successor: successor.id, overlapSeconds } }, sql),
    );
    return present(issued, reply);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScopes('keys:write')
  @ApiOperation({ summary: 'Revoke a key; other processes notice within five seconds' })
  @ApiNoContentResponse()
  @ApiProblems(404)
  async revoke(
    @Param('id') id: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<void> {
    const line = { identity, requestId, action: 'api-key.revoke', object: objectOf(id) };
    await this.keys.revoke(id, ({ caller, name }, sql) =>
      this.audit.record({ ...line, details: { caller: caller.code, name } }, sql),
    );
  }
}

const objectOf = (id: string): string => `api-key:${id}`;

function present({ key, text }: IssuedKey, reply: FastifyReply): IssuedApiKeyDto {
  void reply.header('location', `/v1/api-keys/${key.id}`);
  return { ...ApiKeyDto.from(key), key: text };
}

const unknownCaller = (code: string): ValidationError =>
  new ValidationError([{ pointer: '/caller', code: 'unknown_caller', message: `There is no caller "${code}"` }]);
