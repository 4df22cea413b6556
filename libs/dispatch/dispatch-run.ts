import type { TakenSlots } from '#libs/accounts';
import type { JsonObject } from '#libs/core';
import type { AttemptRecord, ClaimSettlement, ClaimedDelivery, Lease, RecipientOutcome } from '#libs/messages';

/** A dedupe claim that this run took for one recipient. */
export interface HeldClaim extends Pick<ClaimSettlement, 'key'> {
  readonly rowNo: number;
  /** How long it stays when the recipient is reached. */
  readonly windowSeconds: number;
  /** Once a call was made it stays, however that ended. */
  readonly isNote?: true;
}

/**
 * What is known about a delivery while the pipeline runs. It outlives a throw, so that whatever a step has settled
 * for single recipients is written also when a later step fails.
 */
export class DispatchRun {
  lease: Lease | undefined;
  /** Version of the account the run works with: a refusal of older credentials must not pause a mended account. */
  accountVersion: number | undefined;
  /** Sent through the open breaker of its account, to see whether the vendor is back. */
  isProbe = false;
  /** Recipients that are settled already: suppressed, invalid. */
  readonly settled: RecipientOutcome[] = [];
  readonly claims: HeldClaim[] = [];
  /** Whether the call asks the vendor to drop repetitions: seconds, or 0 for no. Absent: it cannot be asked. */
  repeatCheck: number | undefined;
  /** Vendor's ids of the people whom the call is addressed to, by row. */
  readonly addressed = new Map<number, string>();
  /** What the call uses up of the limits of its account and its recipients. */
  slots: TakenSlots | undefined;
  /** When it was told that it has them, by the monotonic clock. */
  slotsAtMs = 0;
  /** Set as soon as a provider call has begun. */
  call: Omit<AttemptRecord, 'outcome' | 'counts'> | undefined;
  /** Remarks for the timeline. */
  readonly notes: JsonObject[] = [];

  constructor(
    readonly messageId: string,
    readonly deliveryNo: number,
  ) {}

  get delivery(): ClaimedDelivery | undefined {
    return this.lease?.delivery;
  }
}
