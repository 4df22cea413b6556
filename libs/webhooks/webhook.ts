import type { JsonObject } from '#libs/core';
import { MESSAGE_STATUSES } from '#libs/messages';

const OPEN: readonly string[] = ['accepted', 'sending', 'scheduled'];

/** What a business system can be told. */
export const WEBHOOK_EVENTS: readonly string[] = [
  ...MESSAGE_STATUSES.filter((status) => !OPEN.includes(status)).map((status) => `message.${status}`),
  'message.recall_finished',
  'recipient.invalid',
  'card.clicked',
  'import.finished',
  'account.paused',
  'account.resumed',
];

/** The type of an event that somebody asked for to try an endpoint. */
export const TEST_EVENT = 'webhook.test';

export const WEBHOOK_STATES = ['active', 'failing', 'disabled'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** Why the system itself has switched an endpoint off. */
export const DISABLED_REASONS = ['failing', 'gone'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

export const WEBHOOK_DELIVERY_STATUSES = ['waiting', 'delivered', 'failed'] as const;
export type WebhookDeliveryStatus = (typeof WEBHOOK_DELIVERY_STATUSES)[number];

export interface WebhookSettings {
  readonly name: string;
  readonly url: string;
  /** Types of events; empty: every one. */
  readonly events: readonly string[];
  /** Ids of callers whose events it takes; empty: everybody's, and those that are nobody's. */
  readonly callerIds: readonly string[];
  /** Codes of templates; empty: all, and messages without one. */
  readonly templates: readonly string[];
  readonly enabled: boolean;
}

export interface WebhookEndpoint {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly events: readonly string[];
  /** Codes. */
  readonly callers: readonly string[];
  readonly templates: readonly string[];
  readonly enabled: boolean;
  readonly disabledReason?: DisabledReason;
  /** Until when the secret before the last rotation signs as well. */
  readonly previousSecretUntil?: Date;
  readonly lastSuccessAt?: Date;
  readonly failingSince?: Date;
  readonly waiting: number;
  readonly failed: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface WebhookDelivery {
  readonly eventId: string;
  readonly type: string;
  readonly at: Date;
  readonly data: JsonObject;
  readonly status: WebhookDeliveryStatus;
  /** Since the last replay. */
  readonly tries: number;
  readonly nextTryAt?: Date;
  readonly attemptedAt?: Date;
  readonly tookMs?: number;
  /** HTTP status of the last answer. */
  readonly code?: number;
  /** Why there was no answer. */
  readonly error?: string;
  /** The first 8 KiB of the last answer. */
  readonly answer?: string;
}

export const stateOf = ({ enabled, failingSince }: WebhookEndpoint): WebhookState =>
  enabled ? (failingSince ? 'failing' : 'active') : 'disabled';

/** The body of an event, the same at every attempt. */
export const eventBody = ({ at, data, type }: Pick<WebhookDelivery, 'type' | 'at' | 'data'>): string =>
  JSON.stringify({ type, timestamp: at.toISOString(), data });
