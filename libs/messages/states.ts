import { InvariantError } from '#libs/core';

export const MESSAGE_STATUSES = [
  'accepted',
  'sending',
  'scheduled',
  'sent',
  'delivered',
  'read',
  'partial',
  'failed',
  'unknown',
  'suppressed',
  'expired',
  'canceled',
  'recalled',
] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

export const DELIVERY_STATUSES = [
  'accepted',
  'scheduled',
  'sending',
  'sent',
  'partial',
  'failed',
  'unknown',
  'suppressed',
  'expired',
  'canceled',
  'recalled',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** States of a recipient row; all but `pending` are final and counted on the message row. */
export const FINAL_RECIPIENT_STATUSES = [
  'sent',
  'delivered',
  'read',
  'invalid',
  'failed',
  'unknown',
  'suppressed',
  'canceled',
  'expired',
  'recalled',
] as const;
export type FinalRecipientStatus = (typeof FINAL_RECIPIENT_STATUSES)[number];
export type RecipientStatus = 'pending' | FinalRecipientStatus;

/** What a receipt says of a recipient. */
export const RECEIPT_STATUSES = [
  'delivered',
  'read',
  'failed',
  'invalid',
] as const satisfies readonly FinalRecipientStatus[];
export type ReceiptStatus = (typeof RECEIPT_STATUSES)[number];

/**
 * Every step that a receipt may bring about: forward only. What was taken back, moved to a replay or has ended without
 * being sent is never moved by one.
 */
export const RECEIPT_TRANSITIONS: Readonly<Partial<Record<FinalRecipientStatus, readonly ReceiptStatus[]>>> = {
  sent: ['delivered', 'read', 'failed', 'invalid'],
  delivered: ['read'],
};

export const canReceiptMove = (from: RecipientStatus, to: ReceiptStatus): boolean =>
  from !== 'pending' && (RECEIPT_TRANSITIONS[from] ?? []).includes(to);

/** Every legal step of a delivery. `docs/state-machine.md` draws it. */
export const DELIVERY_TRANSITIONS: Readonly<Record<DeliveryStatus, readonly DeliveryStatus[]>> = {
  // `sent`, `partial`, `unknown`: as below, after it was handed back.
  accepted: ['sending', 'scheduled', 'sent', 'partial', 'unknown', 'canceled', 'expired'],
  // `sent`, `partial`: a late answer to an attempt of unknown outcome; `unknown`: ended while one may have arrived;
  // `sent`, `failed`, `unknown` …: as the digest that carries it has ended.
  scheduled: ['sending', 'accepted', 'sent', 'partial', 'failed', 'unknown', 'canceled', 'expired', 'suppressed'],
  // `accepted`: handed back at shutdown; `sending`: token repeat; `canceled`: recalled before it reached the vendor.
  sending: [
    'sending',
    'accepted',
    'scheduled',
    'sent',
    'partial',
    'failed',
    'unknown',
    'suppressed',
    'expired',
    'canceled',
  ],
  sent: ['recalled', 'partial', 'failed'],
  partial: ['recalled', 'failed'],
  unknown: ['sent', 'partial', 'failed', 'canceled', 'recalled'],
  failed: [],
  suppressed: [],
  expired: [],
  canceled: [],
  recalled: [],
};

export const canMove = (from: DeliveryStatus, to: DeliveryStatus): boolean => DELIVERY_TRANSITIONS[from].includes(to);

/** @throws InvariantError on a step that the state machine does not have. */
export function assertMove(from: DeliveryStatus, to: DeliveryStatus): void {
  if (!canMove(from, to)) throw new InvariantError(`A delivery cannot go from ${from} to ${to}`);
}

/** The states from which a delivery may go to `to`; SQL guards are built from it. */
export const statesBefore = (to: DeliveryStatus): readonly DeliveryStatus[] =>
  DELIVERY_STATUSES.filter((from) => canMove(from, to));
