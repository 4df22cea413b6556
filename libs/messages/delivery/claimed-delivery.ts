import type { JsonObject } from '#libs/core';
import type { Params } from '../params.js';

/** A recipient row that a claimed delivery still has to serve. */
export interface ClaimedRecipient {
  readonly rowNo: number;
  readonly ref: string;
  /** `user mobile email native department tag all group` */
  readonly addresseeType: string;
  readonly addresseeId: string;
  readonly detail?: JsonObject;
}

/** A delivery held by this process: nobody else sends it while the lease lasts. */
export interface ClaimedDelivery {
  readonly messageId: string;
  readonly no: number;
  /** Grows with every claim; every write repeats it, so that a former holder cannot overwrite. */
  readonly fence: number;
  readonly kind: string;
  readonly routeNo: number;
  readonly channel: string;
  readonly account: string;
  readonly callerId: string;
  readonly priority: number;
  readonly attempts: number;
  /** Attempts whose outcome nobody knows. */
  readonly unknowns: number;
  /** A replay of a delivery that may have arrived at some of its recipients. */
  readonly isOriginUnclear: boolean;
  readonly resendBudget: number;
  readonly possibleDuplicate: boolean;
  /** Whether its calls ask the vendor to drop repetitions: seconds, or 0 for no; absent: not decided yet. */
  readonly repeatCheck?: number;
  /** PostgreSQL's time of the first attempt of unclear outcome. */
  readonly unclearSince?: Date;
  /** Why it waited before this claim; absent on the first one. */
  readonly waitedFor?: string;
  readonly expireAt: Date;
  readonly createdAt: Date;
  /** It has stood in its account's line for a slot. */
  readonly inLine: boolean;
  readonly template?: string;
  readonly templateVersion?: number;
  readonly inlineContent?: JsonObject;
  readonly isTest: boolean;
  /** The message's parameters with the delivery's personal ones over them. */
  readonly params: Params;
  readonly recipients: readonly ClaimedRecipient[];
  /** There are later routes that its recipients may go on to. */
  readonly mayFallBack: boolean;
  /** Rules of the template that a person has decided to pass over: `dedupe frequency quiet_hours`. */
  readonly skips: readonly string[];
  /** PostgreSQL's time of the claim. */
  readonly claimedAt: Date;
}

/** How long a claim lasts without a heartbeat. */
export const LEASE_MS = 15_000;

export const deliveryId = ({ messageId, no }: Pick<ClaimedDelivery, 'messageId' | 'no'>): string =>
  `${messageId}-${no}`;
