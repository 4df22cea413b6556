import { Body, Controller, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AuditLog, CallersService, type Identity } from '#libs/security';
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
import { CallerDto, CreateCallerDto, UpdateCallerDto } from './caller.dto.js';

const LIST = 'callers';

@ApiTags('Callers and keys')
@Controller('v1/callers')
export class CallersController {
  constructor(
    private readonly callers: CallersService,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @RequireScopes('keys:write')
  @ApiOperation({ summary: 'List the business systems, newest first' })
  @ApiPage(CallerDto, 'A page of callers')
  @ApiProblems(400, 422)
  async list(@Query() query: ListQuery): Promise<Page<CallerDto>> {
    const rows = await this.callers.list(query.limit + 1, idCursor(LIST, query.cursor));
    return pageOf(LIST, rows, query.limit, { positionOf: (row) => [row.id], present: CallerDto.from });
  }

  @Get(':code')
  @RequireScopes('keys:write')
  @ApiOperation({ summary: 'One business system' })
  @ApiOkResponse({ type: CallerDto })
  @ApiProblems(404)
  async get(@Param('code') code: string): Promise<CallerDto> {
    return CallerDto.from(await this.callers.get(code));
  }

  @Post()
  @RequireScopes('keys:write')
  @ApiOperation({ summary: 'Add a business system' })
  @ApiCreatedResponse({ type: CallerDto })
  @ApiProblems(400, 409, 422)
  async create(
    @Body() body: CreateCallerDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CallerDto> {
    const { code, enabled, name } = body;
    const line = { identity, action: 'caller.create', object: `caller:${code}`, requestId };
    const caller = await this.callers.create(code, { name, enabled }, (sql) => this.audit.record(line, sql));
    void reply.header('location', `/v1/callers/${caller.code}`);
    return CallerDto.from(caller);
  }

  @Put(':code')
  @RequireScopes('keys:write')
  @ApiOperation({ summary: 'Rename, enable or disable a business system' })
  @ApiOkResponse({ type: CallerDto })
  @ApiProblems(400, 404, 422)
  async update(
    @Param('code') code: string,
    @Body() body: UpdateCallerDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<CallerDto> {
    const change = { name: body.name, enabled: body.enabled };
    const line = { identity, action: 'caller.update', object: `caller:${code}`, details: { ...change }, requestId };
    return CallerDto.from(await this.callers.update(code, change, (sql) => this.audit.record(line, sql)));
  }
}
