import type { JsonObject } from '#libs/core';
import type { DeliveryStatus, FinalRecipientStatus } from '../states.js';
import type { ReceiptPlan } from '../receipts/receipt.js';
import type { HeldDelivery } from './claim.store.js';

/** How one provider call ended. */
export type AttemptOutcome = 'sent' | 'not_sent' | 'rejected' | 'unknown';

/** One provider call actually made. */
export interface AttemptRecord {
  readonly outcome: AttemptOutcome;
  readonly reason?: string;
  /** The provider's code. */
  readonly code?: string;
  readonly providerMsgId?: string;
  /** Vendor ids the call was addressed to. */
  readonly addressees: readonly string[];
  /** What went over the wire besides the body, redacted: address, status, answer, duration. */
  readonly exchange?: JsonObject;
  /** False for calls that the design does not charge: throttled, provider away. */
  readonly counts: boolean;
}

export interface RecipientOutcome {
  readonly rowNo: number;
  readonly status: FinalRecipientStatus;
  readonly reason?: string;
  readonly detail?: JsonObject;
}

export interface ClaimSettlement {
  readonly key: Buffer;
  readonly messageId: string;
  /** Absent: the claim is released. */
  readonly keepSeconds?: number;
}

/** The one write that ends a claim. */
export interface DeliveryOutcome {
  readonly delivery: HeldDelivery;
  readonly status: DeliveryStatus;
  readonly reason?: string;
  /** `scheduled` only: milliseconds from PostgreSQL's now; 0 keeps the delivery due (behind a closed gate). */
  readonly waitMs?: number;
  /** It goes on waiting for what it waited for before: the timeline has that already. */
  readonly isRepeatedWait?: boolean;
  /** `scheduled` only, instead of `waitMs`: PostgreSQL's time, so that equal waits are due at the same instant. */
  readonly dueAt?: Date;
  /** `scheduled` only: it waits for a slot of its account, in a line by age; the sweep lets it go from there. */
  readonly inLine?: boolean;
  /** Absent: no call was made, and the provisional attempt row goes. */
  readonly attempt?: AttemptRecord;
  readonly error?: JsonObject;
  readonly providerMsgId?: string;
  readonly responseCode?: string;
  /** The id under which clicks on a card come back. */
  readonly cardId?: string;
  readonly possibleDuplicate?: boolean;
  /** What was decided about asking the vendor to drop repetitions: seconds, or 0 for no. */
  readonly repeatCheck?: number;
  /** Remarks for the timeline. */
  readonly notes?: readonly JsonObject[];
  /** Recipients that end otherwise than the rest. */
  readonly exceptions: readonly RecipientOutcome[];
  /** How the remaining pending recipients end; absent: they stay pending. */
  readonly rest?: { readonly status: FinalRecipientStatus; readonly reason?: string };
  readonly claims: readonly ClaimSettlement[];
  /** Sent deliveries of channels whose vendor tells later who got it. */
  readonly receipts?: ReceiptPlan;
}

/** What the write did: the status in force afterwards, or that the delivery was no longer held. */
export type OutcomeAnswer = { readonly written: true; readonly status: DeliveryStatus } | { readonly written: false };
