import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotFoundError, ValidationError, isUuid } from '#libs/core';
import { AuditLog, type Identity } from '#libs/security';
import { WebhookDeliveryStore, WebhookEndpointStore, type ReplaySelection } from '#libs/webhooks';
import {
  ApiPage,
  ApiProblems,
  CurrentIdentity,
  RequestId,
  RequireScopes,
  idCursor,
  pageOf,
  type Page,
} from '../http/index.js';
import {
  ReplayWebhookDto,
  WebhookDeliveriesQuery,
  WebhookDeliveryDetailDto,
  WebhookDeliveryDto,
  WebhookReplayDto,
  WebhookTestDto,
} from './webhook-delivery.dto.js';
import { webhookId } from './webhook-id.js';
import { presentDelivery, presentDeliveryDetail } from './webhook.presenter.js';

const LIST = 'webhook-deliveries';

/** @throws ValidationError when it names neither events nor a time, or both */
function selectionFrom({ all = false, eventIds, from, to }: ReplayWebhookDto): ReplaySelection {
  if (eventIds) {
    if (from === undefined && to === undefined) return { eventIds };
    const message = 'a range of time and single events exclude each other';
    throw new ValidationError([{ pointer: '/eventIds', code: 'conflicting_fields', message }]);
  }
  if (from === undefined) {
    throw new ValidationError([{ pointer: '/from', code: 'missing_field', message: 'or eventIds is required' }]);
  }
  return { all, from: new Date(from), ...(to !== undefined && { to: new Date(to) }) };
}

@ApiTags('Webhooks')
@Controller('v1/webhooks/:id')
export class WebhookDeliveriesController {
  constructor(
    @Inject(WebhookEndpointStore) private readonly endpoints: WebhookEndpointStore,
    @Inject(WebhookDeliveryStore) private readonly store: WebhookDeliveryStore,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  @Get('deliveries')
  @RequireScopes('webhooks:read')
  @ApiOperation({ summary: 'What a webhook was told and is owed, newest first' })
  @ApiPage(WebhookDeliveryDto, 'A page of deliveries')
  @ApiProblems(400, 404, 422)
  async deliveries(
    @Param('id') id: string,
    @Query() { cursor, limit, ...filter }: WebhookDeliveriesQuery,
  ): Promise<Page<WebhookDeliveryDto>> {
    const endpoint = await this.endpoints.get(webhookId(id));
    const before = idCursor(LIST, cursor);
    const wanted = { ...filter, ...(before !== undefined && { before }), limit: limit + 1 };
    const rows = await this.store.list(endpoint.id, wanted);
    return pageOf(LIST, rows, limit, { positionOf: (row) => [row.eventId], present: presentDelivery });
  }

  @Get('deliveries/:eventId')
  @RequireScopes('webhooks:read')
  @ApiOperation({ summary: 'One delivery with its body and the last answer' })
  @ApiOkResponse({ type: WebhookDeliveryDetailDto })
  @ApiProblems(404)
  async delivery(@Param('id') id: string, @Param('eventId') eventId: string): Promise<WebhookDeliveryDetailDto> {
    if (!isUuid(eventId)) throw new NotFoundError('There is no such event');
    return presentDeliveryDetail(await this.store.get(webhookId(id), eventId));
  }

  @Post('replay')
  @HttpCode(202)
  @RequireScopes('webhooks:write')
  @ApiOperation({ summary: 'Send events again, under the same ids' })
  @ApiAcceptedResponse({ type: WebhookReplayDto })
  @ApiProblems(400, 404, 422)
  async replay(
    @Param('id') id: string,
    @Body() body: ReplayWebhookDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<WebhookReplayDto> {
    const endpoint = await this.endpoints.get(webhookId(id));
    const selection = selectionFrom(body);
    const line = { identity, requestId, action: 'webhook.replay', object: `webhook:${endpoint.id}` };
    const events = await this.audit.change(
      (sql) => this.store.replay(endpoint.id, selection, sql),
      (count) => ({ ...line, details: { events: count } }),
    );
    return { events };
  }

  @Post('test')
  @HttpCode(202)
  @RequireScopes('webhooks:write')
  @ApiOperation({ summary: 'Send a test event once, also while the webhook is switched off' })
  @ApiAcceptedResponse({ type: WebhookTestDto })
  @ApiProblems(404)
  async test(
    @Param('id') id: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<WebhookTestDto> {
    const endpoint = await this.endpoints.get(webhookId(id));
    const line = { identity, requestId, action: 'webhook.test', object: `webhook:${endpoint.id}` };
    const eventId = await this.audit.change(
      (sql) => this.store.test(endpoint.id, sql),
      () => line,
    );
    return { eventId };
  }
}
