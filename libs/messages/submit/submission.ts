import type { HongyanError } from '#libs/core';
import type { MessagePlan } from '../plan/message-plan.js';
import type { IdempotencyKey } from './key.store.js';

/** What became of a request to send. */
export type Submission =
  | { readonly outcome: 'accepted'; readonly plan: MessagePlan }
  /** The business key named this message before. */
  | { readonly outcome: 'duplicate'; readonly messageId: string }
  /** The idempotency key was answered before, with this status. */
  | { readonly outcome: 'replayed'; readonly messageId: string; readonly httpStatus: number };

export interface Refusal {
  readonly outcome: 'refused';
  readonly error: HongyanError;
}

/** A plan on its way into the tables, with the keys that keep it single. */
export interface Submittal {
  readonly plan: MessagePlan;
  /** The accepting process enqueues it itself. */
  readonly published: boolean;
  readonly idempotency?: IdempotencyKey;
}
