import type { JsonObject, JsonValue } from '#libs/core';
import type { RecipientStatus } from '../states.js';

/** A message as the API shows it. Absent members mean that there is nothing to say. */
export interface MessageView {
  readonly id: string;
  readonly template: string | null;
  readonly templateVersion: number | null;
  readonly status: string;
  readonly reason?: string;
  readonly channels: readonly string[];
  readonly priority: string;
  readonly businessKey?: string;
  readonly batchId?: string;
  readonly recipientCount: number;
  /** Recipient rows by state; states without rows are left out. */
  readonly counts: Readonly<Partial<Record<RecipientStatus, number>>>;
  readonly deliveryCount: number;
  readonly deliveriesTruncated: boolean;
  readonly duplicate: boolean;
  readonly sendAt?: string;
  readonly expireAt: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly metadata?: JsonObject;
  readonly recall?: { readonly id: string; readonly requestedAt: string };
  readonly mergedInto?: string;
  /** Parameters, metadata and provider answers are older than they are kept. */
  readonly contentPurgedAt?: string;
  readonly deliveries?: readonly DeliveryView[];
  /** What became of it, in the reader's language. */
  readonly sentence?: string;
  /** Until then at least a part of it can be taken back. */
  readonly recallableUntil?: string;
  /** Code of the caller it belongs to. */
  readonly caller?: string;
  readonly accounts?: readonly string[];
  /** Canonical ref of the first recipient. */
  readonly firstRecipient?: string;
}

/** What a vendor said about a call. */
export interface ProviderView {
  readonly name?: string;
  readonly code: string;
  /** The vendor's own words. */
  readonly message?: string;
  /** What the code means, in the reader's language. */
  readonly text?: string;
  /** What can be done about it. */
  readonly hint?: string;
  /** The number that the vendor's support asks for. */
  readonly supportId?: string;
  /** The address that the vendor was called from; only for those who may read accounts. */
  readonly callerIp?: string;
}

export interface DeliveryView {
  readonly no: number;
  readonly kind: string;
  readonly routeNo: number;
  readonly channel: string;
  readonly account: string;
  readonly status: string;
  readonly attempts: number;
  readonly reason?: string;
  readonly providerMsgId?: string;
  readonly responseCode?: string;
  readonly error?: JsonObject;
  readonly nextAttemptAt?: string;
  readonly sentAt?: string;
  readonly recall?: JsonObject;
  readonly possibleDuplicate?: boolean;
}

export interface RecipientView {
  /** As the caller wrote it, canonical: `user:u-7`, `mobile:138…`, `group:ops-robot`. */
  readonly recipient: string;
  readonly channel: string;
  readonly account: string;
  readonly deliveryNo: number;
  readonly status: string;
  readonly providerUserId?: string;
  readonly reason?: string;
  /** The reason as a sentence, in the language asked for; for `sent`, why nothing more will be told. */
  readonly text?: string;
  readonly detail?: JsonObject;
  /** When the vendor refused the recipient. */
  readonly provider?: ProviderView;
  /** When a receipt said so; the vendors give no times of their own. */
  readonly deliveredAt?: string;
  readonly readAt?: string;
  readonly recall?: { readonly status: string; readonly reason?: string };
}

export interface AttemptView {
  readonly deliveryNo: number;
  readonly no: number;
  readonly channel: string;
  readonly account: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  /** `sent not_sent rejected unknown`; absent while it runs. */
  readonly outcome?: string;
  readonly reason?: string;
  readonly code?: string;
  /** What the code means, unless it is a success. */
  readonly provider?: ProviderView;
  readonly providerMsgId?: string;
  /** Redacted; the body is built anew from template, params and addressees, exactly as every attempt builds it. */
  readonly request?: JsonValue;
  readonly response?: JsonValue;
  readonly durationMs?: number;
}

export interface TimelineEvent {
  readonly at: string;
  readonly event: string;
  readonly text: string;
  readonly reason?: string;
  readonly outcome?: string;
  readonly deliveryNo?: number;
  readonly attempt?: number;
  readonly provider?: JsonObject;
  /** Of `card_clicked`: `user` (the vendor's id), `key` of the button, `selections`. */
  readonly click?: JsonObject;
}
