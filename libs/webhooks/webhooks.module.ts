import { Module } from '@nestjs/common';
import { DatabaseModule } from '#libs/database';
import { SecurityModule } from '#libs/security';
import { AddressGuard } from './address-guard.js';
import { WebhookDeliveryStore } from './webhook-delivery.store.js';
import { WebhookEndpointStore } from './webhook-endpoint.store.js';
import { WebhookHttp } from './webhook-http.js';
import { WebhookQueueStore } from './webhook-queue.store.js';
import { WebhookSecrets } from './webhook-secrets.js';
import { WebhookCaller, WebhookSender } from './webhook-sender.service.js';

/** What business systems are told, and how it gets there. */
@Module({
  imports: [DatabaseModule, SecurityModule],
  providers: [
    AddressGuard,
    WebhookCaller,
    WebhookDeliveryStore,
    WebhookEndpointStore,
    WebhookHttp,
    WebhookQueueStore,
    WebhookSecrets,
    WebhookSender,
  ],
  exports: [AddressGuard, WebhookDeliveryStore, WebhookEndpointStore, WebhookQueueStore, WebhookSender],
})
export class WebhooksModule {}
