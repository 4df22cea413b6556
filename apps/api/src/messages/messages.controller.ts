import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotFoundError, isUuid, type JsonObject, type Language } from '#libs/core';
import { MessageReader, type MessageView } from '#libs/messages';
import type { Identity } from '#libs/security';
import {
  ApiPage,
  ApiProblems,
  BodyLimit,
  CurrentIdentity,
  RequestId,
  RequestLanguage,
  RequireScopes,
  pageOf,
  idCursor,
  type Page,
} from '../http/index.js';
import { IdempotencyKeyHeader } from './idempotency.js';
import { MessageBatchService } from './message-batch.service.js';
import { DryRunService, MessageSubmissionService } from './message-submission.service.js';
import { filterOf } from './message-filter.js';
import { visibleTo } from './message-visibility.js';
import { BatchDto, DryRunDto, MessageDto } from './message.dto.js';
import { MessagesQuery, SendQuery } from './messages.query.js';
import { SendBatchDto, SendMessageDto } from './send-message.dto.js';

const LIST = 'messages';
const MIB = 1024 * 1024;

const IDEMPOTENCY = {
  name: 'Idempotency-Key',
  required: false,
  description: 'At most 255 characters; a repetition within 24 hours is answered as the first request was',
};

/** @throws NotFoundError for what cannot be a message id */
export function messageId(text: string): string {
  if (!isUuid(text)) throw new NotFoundError('There is no such message');
  return text;
}

@ApiTags('messages')
@Controller('v1/messages')
export class MessagesController {
  constructor(
    @Inject(MessageSubmissionService) private readonly submissions: MessageSubmissionService,
    @Inject(DryRunService) private readonly dryRuns: DryRunService,
    @Inject(MessageBatchService) private readonly batches: MessageBatchService,
    @Inject(MessageReader) private readonly messages: MessageReader,
  ) {}

  @Post()
  @HttpCode(202)
  @RequireScopes('messages:send')
  @BodyLimit(4 * MIB)
  @ApiOperation({ summary: 'Accept a message; or with `dryRun` say what would happen' })
  @ApiBody({ type: SendMessageDto })
  @ApiHeader(IDEMPOTENCY)
  @ApiAcceptedResponse({ type: MessageDto, description: 'Accepted: its rows are committed' })
  @ApiOkResponse({ type: DryRunDto, description: 'With `dryRun`; or the first message of a repeated business key' })
  @ApiProblems(400, 409, 413, 415, 422)
  async send(
    @Body() body: JsonObject = {},
    @Query() { dryRun }: SendQuery,
    @IdempotencyKeyHeader() idempotencyKey: string | undefined,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    if (dryRun === 'true') {
      void reply.status(200);
      return this.dryRuns.run(body, identity);
    }
    const answer = await this.submissions.send(body, identity, { idempotencyKey, language, request: reply.request });
    void reply.status(answer.status).header('location', `/v1/messages/${answer.message.id}`);
    if (answer.replayed) void reply.header('idempotency-replayed', 'true');
    return answer.message;
  }

  @Post('batch')
  @HttpCode(200)
  @RequireScopes('messages:send')
  @BodyLimit(16 * MIB)
  @ApiOperation({ summary: 'Accept many messages; good ones also when others are refused' })
  @ApiBody({ type: SendBatchDto })
  @ApiHeader(IDEMPOTENCY)
  @ApiOkResponse({ type: BatchDto })
  @ApiProblems(400, 409, 413, 415, 422)
  async sendBatch(
    @Body() { messages }: SendBatchDto,
    @IdempotencyKeyHeader() idempotencyKey: string | undefined,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @RequestLanguage() language: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BatchDto> {
    const key = idempotencyKey === undefined ? {} : { idempotencyKey };
    const { batchId, replayed, results } = await this.batches.submit({
      messages,
      identity,
      requestId,
      language,
      ...key,
    });
    if (replayed) void reply.header('idempotency-replayed', 'true');
    return { batchId, results };
  }

  @Get()
  @RequireScopes('messages:read')
  @ApiPage(MessageDto, 'Messages, newest first')
  @ApiProblems(400, 422)
  async list(
    @Query() query: MessagesQuery,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
  ): Promise<Page<MessageView>> {
    const { cursor, limit, ...filter } = query;
    const before = idCursor(LIST, cursor);
    const rows = await this.messages.list({
      ...filterOf(filter, visibleTo(identity, language)),
      ...(before !== undefined && { before }),
      limit: limit + 1,
    });
    return pageOf(LIST, rows, limit, { positionOf: (row) => [row.id], present: (row) => row });
  }

  @Get(':id')
  @RequireScopes('messages:read')
  @ApiOkResponse({ type: MessageDto })
  @ApiProblems(404)
  get(
    @Param('id') id: string,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
  ): Promise<MessageView> {
    return this.messages.getDescribed(messageId(id), visibleTo(identity, language));
  }
}
