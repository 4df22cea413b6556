import { Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { InvariantError, type JsonObject } from '#libs/core';
import { BodyLimit, Public, RawBody, singleTexts } from '../http/index.js';
import { LOGIN_FORMS, SEND_FORMS, formAt } from './compat-forms.js';
import { CompatService, type CompatCall } from './compat.service.js';

const MIB = 1024 * 1024;
const OK = { type: 'object', example: { errcode: 0, errmsg: 'ok' } } as const;

/** Calls of the vendors, for tools that know nothing else. HTTP 200 for all of them: the body's code decides. */
@ApiTags('Drop-in endpoints')
@Controller('compat')
export class CompatController {
  constructor(@Inject(CompatService) private readonly compat: CompatService) {}

  @Get([...LOGIN_FORMS.keys()])
  @Public()
  @ApiOperation({ summary: 'A token for a tool, as its vendor would give it' })
  @ApiOkResponse({ description: "In the vendor's form", schema: OK })
  login(@Req() request: FastifyRequest): Promise<JsonObject> {
    const channel = formAt(LOGIN_FORMS, request.routeOptions.url);
    if (!channel) throw new InvariantError('A route has no form');
    return this.compat.login(channel, callOf(request));
  }

  @Post([...SEND_FORMS.keys()])
  @HttpCode(200)
  @Public()
  @RawBody()
  @BodyLimit(4 * MIB)
  @ApiOperation({ summary: 'A message of a tool, written for its vendor' })
  @ApiBody({ schema: { type: 'object', example: { msgtype: 'text', text: { content: 'Disk full' } } } })
  @ApiOkResponse({ description: "In the vendor's form", schema: OK })
  send(@Req() request: FastifyRequest): Promise<JsonObject> {
    const channel = formAt(SEND_FORMS, request.routeOptions.url);
    if (!channel) throw new InvariantError('A route has no form');
    return this.compat.send(channel, callOf(request));
  }
}

const callOf = ({ body, ip, query, routeOptions }: FastifyRequest): CompatCall => ({
  path: routeOptions.url ?? '',
  query: singleTexts(query),
  body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  address: ip,
});
