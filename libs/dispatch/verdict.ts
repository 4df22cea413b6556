import type { DeliveryOutcome } from '#libs/messages';

/** What becomes of a delivery; the processor completes it with what the run has settled, and writes it. */
export type OutcomeDraft = Omit<DeliveryOutcome, 'delivery' | 'exceptions' | 'claims' | 'attempt' | 'notes'> & {
  /** How the call ended, when one was made. */
  readonly call?: Pick<
    NonNullable<DeliveryOutcome['attempt']>,
    'outcome' | 'counts' | 'reason' | 'code' | 'providerMsgId'
  >;
  /** Recipients that end otherwise than the rest, beyond those settled during the run. */
  readonly exceptions?: DeliveryOutcome['exceptions'];
};

/** `null`: there is nothing to write, the delivery is not ours. */
export type Verdict = OutcomeDraft | null;

/** The delivery waits: `waitMs` from now, recipients stay pending. */
export const waitFor = (reason: string, waitMs: number): OutcomeDraft => ({ status: 'scheduled', reason, waitMs });

/** Due again at once; no call was made. */
export const handBack: OutcomeDraft = { ...waitFor('retry', 0), status: 'accepted' };

/** The delivery ends without success for everybody who is left. */
export const endAs = (status: 'failed' | 'suppressed' | 'unknown', reason: string): OutcomeDraft => ({
  status,
  reason,
  rest: { status, reason },
});
