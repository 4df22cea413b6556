import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { JsonObject } from '#libs/core';
import { AuditLog, type Identity } from '#libs/security';
import { WebhookEndpointStore, type WebhookSettings } from '#libs/webhooks';
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
import { webhookId } from './webhook-id.js';
import { WebhookSettingsReader } from './webhook-settings.reader.js';
import { WebhookDto, WebhookSettingsDto, WebhookWithSecretDto } from './webhook.dto.js';
import { presentWebhook } from './webhook.presenter.js';

const LIST = 'webhooks';

/** An address may hold a token of the receiver's: the log names its host. */
const detailsOf = ({ callerIds, enabled, events, name, templates, url }: WebhookSettings): JsonObject => ({
  name,
  host: new URL(url).host,
  events: [...events],
  callerIds: [...callerIds],
  templates: [...templates],
  enabled,
});

@ApiTags('Webhooks')
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    @Inject(WebhookEndpointStore) private readonly endpoints: WebhookEndpointStore,
    @Inject(WebhookSettingsReader) private readonly reader: WebhookSettingsReader,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  @Get()
  @RequireScopes('webhooks:read')
  @ApiOperation({ summary: 'Who is told what, newest first' })
  @ApiPage(WebhookDto, 'A page of webhooks')
  @ApiProblems(400, 422)
  async list(@Query() { cursor, limit }: ListQuery): Promise<Page<WebhookDto>> {
    const rows = await this.endpoints.list(limit + 1, idCursor(LIST, cursor));
    return pageOf(LIST, rows, limit, { positionOf: (row) => [row.id], present: presentWebhook });
  }

  @Get(':id')
  @RequireScopes('webhooks:read')
  @ApiOperation({ summary: 'One webhook' })
  @ApiOkResponse({ type: WebhookDto })
  @ApiProblems(404)
  async get(@Param('id') id: string): Promise<WebhookDto> {
    return presentWebhook(await this.endpoints.get(webhookId(id)));
  }

  @Post()
  @RequireScopes('webhooks:write')
  @ApiOperation({ summary: 'Tell a business system what happens; the secret is shown once' })
  @ApiCreatedResponse({ type: WebhookWithSecretDto })
  @ApiProblems(400, 422)
  async create(
    @Body() body: WebhookSettingsDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookWithSecretDto> {
    const settings = await this.reader.read(body);
    const { id, secret } = await this.audit.change(
      (sql) => this.endpoints.create(settings, sql),
      (made) => ({
        identity,
        requestId,
        action: 'webhook.create',
        object: `webhook:${made.id}`,
        details: detailsOf(settings),
      }),
    );
    void reply.header('location', `/v1/webhooks/${id}`).header('cache-control', 'no-store');
    return { ...presentWebhook(await this.endpoints.get(id)), secret };
  }

  @Put(':id')
  @RequireScopes('webhooks:write')
  @ApiOperation({ summary: 'Change a webhook as a whole, switch it off or on' })
  @ApiOkResponse({ type: WebhookDto })
  @ApiProblems(400, 404, 422)
  async update(
    @Param('id') id: string,
    @Body() body: WebhookSettingsDto,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<WebhookDto> {
    const { id: known } = await this.endpoints.get(webhookId(id));
    const settings = await this.reader.read(body);
    const line = { identity, requestId, action: 'webhook.update', object: `webhook:${known}` };
    await this.audit.change(
      (sql) => this.endpoints.update(known, settings, sql),
      () => ({ ...line, details: detailsOf(settings) }),
    );
    return presentWebhook(await this.endpoints.get(known));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScopes('webhooks:write')
  @ApiOperation({ summary: 'Delete a webhook, with the events that it is owed' })
  @ApiNoContentResponse()
  @ApiProblems(404)
  async delete(
    @Param('id') id: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
  ): Promise<void> {
    const line = { identity, requestId, action: 'webhook.delete', object: `webhook:${webhookId(id)}` };
    await this.audit.change(
      (sql) => this.endpoints.remove(id, sql),
      () => line,
    );
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @RequireScopes('webhooks:write')
  @ApiOperation({ summary: 'Make a new secret, shown once; for 24 hours the one before signs as well' })
  @ApiOkResponse({ type: WebhookWithSecretDto })
  @ApiProblems(404)
  async rotateSecret(
    @Param('id') id: string,
    @CurrentIdentity() identity: Identity,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookWithSecretDto> {
    const line = { identity, requestId, action: 'webhook.rotate', object: `webhook:${webhookId(id)}` };
    const secret = await this.audit.change(
      (sql) => this.endpoints.rotate(id, sql),
      () => line,
    );
    void reply.header('cache-control', 'no-store');
    return { ...presentWebhook(await this.endpoints.get(id)), secret };
  }
}
