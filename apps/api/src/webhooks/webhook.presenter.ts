import { isJsonObject, type JsonObject } from '#libs/core';
import { MAX_TRIES, eventBody, stateOf, type WebhookDelivery, type WebhookEndpoint } from '#libs/webhooks';
import type { WebhookDeliveryDetailDto, WebhookDeliveryDto } from './webhook-delivery.dto.js';
import type { WebhookDto } from './webhook.dto.js';

export function presentWebhook(endpoint: WebhookEndpoint): WebhookDto {
  const { createdAt, failingSince, lastSuccessAt, previousSecretUntil, updatedAt, ...rest } = endpoint;
  return {
    ...rest,
    state: stateOf(endpoint),
    ...(previousSecretUntil && { previousSecretUntil: previousSecretUntil.toISOString() }),
    ...(lastSuccessAt && { lastSuccessAt: lastSuccessAt.toISOString() }),
    ...(failingSince && { failingSince: failingSince.toISOString() }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export function presentDelivery(delivery: WebhookDelivery): WebhookDeliveryDto {
  const { answer: _answer, at, attemptedAt, data, nextTryAt, ...rest } = delivery;
  const messageId = data['messageId'] ?? (delivery.type.startsWith('message.') ? data['id'] : undefined);
  return {
    ...rest,
    at: at.toISOString(),
    maxTries: MAX_TRIES,
    ...(typeof messageId === 'string' && { messageId }),
    ...(nextTryAt && { nextTryAt: nextTryAt.toISOString() }),
    ...(attemptedAt && { attemptedAt: attemptedAt.toISOString() }),
  };
}

export function presentDeliveryDetail(delivery: WebhookDelivery): WebhookDeliveryDetailDto {
  const { answer } = delivery;
  return { ...presentDelivery(delivery), body: bodyOf(delivery), ...(answer !== undefined && { answer }) };
}

function bodyOf(delivery: WebhookDelivery): JsonObject {
  const body: unknown = JSON.parse(eventBody(delivery));
  return isJsonObject(body) ? body : {};
}
