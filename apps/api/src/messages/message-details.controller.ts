import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Language } from '#libs/core';
import {
  AttemptReader,
  MessageReader,
  RecipientReader,
  TimelineReader,
  type AttemptView,
  type DeliveryView,
  type RecipientView,
  type TimelineEvent,
} from '#libs/messages';
import type { Identity } from '#libs/security';
import {
  ApiPage,
  ApiProblems,
  CurrentIdentity,
  ListQuery,
  RequestLanguage,
  RequireScopes,
  decodeCursor,
  pageOf,
  type Page,
} from '../http/index.js';
import { visibleTo } from './message-visibility.js';
import { AttemptDto, DeliveryDto, RecipientDto, TimelineEventDto } from './message.dto.js';
import { RecipientSummaryDto } from './recipient-summary.dto.js';
import { messageId } from './messages.controller.js';
import { DeliveryQuery, RecipientsQuery, TimelineQuery } from './messages.query.js';

@ApiTags('messages')
@Controller('v1/messages/:id')
export class MessageDetailsController {
  constructor(
    @Inject(MessageReader) private readonly messages: MessageReader,
    @Inject(RecipientReader) private readonly recipients: RecipientReader,
    @Inject(AttemptReader) private readonly attempts: AttemptReader,
    @Inject(TimelineReader) private readonly timelines: TimelineReader,
  ) {}

  @Get('deliveries')
  @RequireScopes('messages:read')
  @ApiPage(DeliveryDto, 'Deliveries by number')
  @ApiProblems(400, 404, 422)
  async listDeliveries(
    @Param('id') id: string,
    @Query() { cursor, limit }: ListQuery,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
  ): Promise<Page<DeliveryView>> {
    const reader = visibleTo(identity, language);
    const { id: message } = await this.messages.getRow(messageId(id), reader);
    const list = `deliveries ${message}`;
    const rows = await this.messages.listDeliveries(message, { ...after(list, cursor), limit: limit + 1 }, reader);
    return pageOf(list, rows, limit, { positionOf: (row) => [row.no], present: (row) => row });
  }

  @Get('recipients')
  @RequireScopes('messages:read')
  @ApiPage(RecipientDto, 'Recipients in the order of the request, each with its own fate')
  @ApiProblems(400, 404, 422)
  async listRecipients(
    @Param('id') id: string,
    @Query() { cursor, limit, ...filter }: RecipientsQuery,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
  ): Promise<Page<RecipientView>> {
    const { id: message } = await this.messages.getRow(messageId(id), visibleTo(identity));
    const list = `recipients ${message}`;
    const page = { ...filter, ...after(list, cursor), limit: limit + 1 };
    const rows = await this.recipients.list(message, page, language);
    return pageOf(list, rows, limit, { positionOf: (row) => [row.rowNo], present: (row) => row.view });
  }

  @Get('recipients/summary')
  @RequireScopes('messages:read')
  @ApiOkResponse({ type: RecipientSummaryDto, description: 'Recipients by fate, the largest group first' })
  @ApiProblems(404)
  async summarizeRecipients(
    @Param('id') id: string,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
  ): Promise<RecipientSummaryDto> {
    const { id: message } = await this.messages.getRow(messageId(id), visibleTo(identity));
    return { data: await this.recipients.summarize(message, language) };
  }

  @Get('attempts')
  @RequireScopes('messages:read')
  @ApiPage(AttemptDto, 'Provider calls, oldest first, with redacted request and answer')
  @ApiProblems(400, 404, 422)
  async listAttempts(
    @Param('id') id: string,
    @Query() { cursor, deliveryNo, limit }: DeliveryQuery,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
  ): Promise<Page<AttemptView>> {
    const reader = visibleTo(identity, language);
    const message = await this.messages.getRow(messageId(id), reader);
    const list = `attempts ${message.id}`;
    const position = decodeCursor(list, cursor, ['number', 'number']);
    const start = position && { after: { deliveryNo: position[0], no: position[1] } };
    const only = deliveryNo === undefined ? {} : { deliveryNo };
    const rows = await this.attempts.list(message, { ...start, ...only, limit: limit + 1 }, reader);
    return pageOf(list, rows, limit, { positionOf: (row) => [row.deliveryNo, row.no], present: (row) => row });
  }

  @Get('timeline')
  @RequireScopes('messages:read')
  @ApiPage(TimelineEventDto, 'The life of the message, oldest first, on one page')
  @ApiProblems(404, 422)
  async timeline(
    @Param('id') id: string,
    @Query() { deliveryNo }: TimelineQuery,
    @CurrentIdentity() identity: Identity,
    @RequestLanguage() language: Language,
  ): Promise<{ readonly data: readonly TimelineEvent[]; readonly nextCursor: null }> {
    const reader = visibleTo(identity, language);
    const message = await this.messages.getRow(messageId(id), reader);
    return { data: await this.timelines.read(message, reader, deliveryNo), nextCursor: null };
  }
}

function after(list: string, cursor: string | undefined): { after?: number } {
  const position = decodeCursor(list, cursor, ['number']);
  return position ? { after: position[0] } : {};
}
