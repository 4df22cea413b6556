import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiForbiddenResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallbackRefusedError, FAMILY_NAMES, type CallbackReply, type CallbackRequest } from '#libs/channels';
import { CallbackService } from '#libs/messages';
import { Public, RawBody, singleTexts } from '../http/index.js';
import { CallbackMetrics } from './callback-metrics.js';

const PLAIN = 'text/plain; charset=utf-8';
const FORBIDDEN = 403;
const REFUSED: CallbackReply = { contentType: PLAIN, body: 'forbidden' };

/** Where vendors call back. No key: their signature is the proof, and whoever cannot sign learns nothing. */
@ApiTags('Callbacks')
@ApiParam({ name: 'family', enum: FAMILY_NAMES })
@ApiParam({ name: 'account', description: 'Code of an account with a callback token and key', example: 'sales-app' })
@ApiForbiddenResponse({ description: 'Not accepted; the same for every cause', schema: { type: 'string' } })
@ApiNotFoundResponse({ description: 'An address that no account can have' })
@Controller('v1/callbacks/:family/:account')
export class CallbacksController {
  constructor(
    @Inject(CallbackService) private readonly callbacks: CallbackService,
    @Inject(CallbackMetrics) private readonly metrics: CallbackMetrics,
  ) {}

  @Get()
  @Public()
  @ApiOperation({ summary: "The vendor's check of the callback address" })
  @ApiProduces('text/plain')
  @ApiOkResponse({
    description: 'What the vendor wants to read back',
    schema: { type: 'string', example: '1616140317' },
  })
  check(
    @Param('family') family: string,
    @Param('account') account: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.answer(family, account, { method: 'GET', query: singleTexts(query), body: Buffer.alloc(0) }, reply);
  }

  @Post()
  @HttpCode(200)
  @Public()
  @RawBody()
  @ApiOperation({ summary: 'An event from the vendor, signed and encrypted' })
  @ApiConsumes('text/xml', 'application/json')
  @ApiProduces('text/plain', 'application/json')
  @ApiBody({ schema: { type: 'string', example: '<xml><Encrypt>…</Encrypt></xml>' } })
  @ApiOkResponse({ description: "Taken; in the vendor's own form", schema: { type: 'string', example: 'success' } })
  receive(
    @Param('family') family: string,
    @Param('account') account: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    return this.answer(family, account, { method: 'POST', query: singleTexts(request.query), body }, reply);
  }

  private async answer(
    family: string,
    account: string,
    request: Omit<CallbackRequest, 'now'>,
    reply: FastifyReply,
  ): Promise<string> {
    try {
      const taken = await this.callbacks.take(family, account, request);
      this.metrics.count(family, taken.result);
      return written(reply, taken.reply);
    } catch (error) {
      if (!(error instanceof CallbackRefusedError)) throw error;
      this.metrics.count(family, error.fault);
      void reply.status(FORBIDDEN);
      return written(reply, REFUSED);
    }
  }
}

function written(reply: FastifyReply, { body, contentType }: CallbackReply): string {
  void reply.type(contentType);
  return body;
}
