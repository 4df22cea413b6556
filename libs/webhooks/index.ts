export { AddressGuard } from './address-guard.js';
export { MAX_TRIES } from './back-off.js';
export {
  DISABLED_REASONS,
  TEST_EVENT,
  WEBHOOK_DELIVERY_STATUSES,
  WEBHOOK_EVENTS,
  WEBHOOK_STATES,
  eventBody,
  stateOf,
  type DisabledReason,
  type WebhookDelivery,
  type WebhookDeliveryStatus,
  type WebhookEndpoint,
  type WebhookSettings,
  type WebhookState,
} from './webhook.js';
export { WebhookDeliveryStore, type DeliveryFilter, type ReplaySelection } from './webhook-delivery.store.js';
export { WebhookEndpointStore } from './webhook-endpoint.store.js';
export { WebhookQueueStore } from './webhook-queue.store.js';
export { sealedWebhookSecrets } from './webhook-secrets.js';
export { WebhookSender } from './webhook-sender.service.js';
export { WebhooksModule } from './webhooks.module.js';
