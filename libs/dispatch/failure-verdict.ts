import { RESENDS_AFTER_AMBIGUITY } from '#libs/channels';
import {
  AmbiguousDeliveryError,
  CredentialError,
  HongyanError,
  NotFoundError,
  PermanentDeliveryError,
  RateLimitedError,
  RetryableDeliveryError,
  UnavailableError,
  ValidationError,
  type RefusedAddressee,
} from '#libs/core';
import type { AttemptOutcome, ClaimedDelivery, ClaimedRecipient, RecipientOutcome } from '#libs/messages';
import { MAX_ATTEMPTS, retryDelayMs, unreachableDelayMs } from './retry-schedule.js';
import { endAs, waitFor, type OutcomeDraft } from './verdict.js';

/** Set-up that an operator can mend while the message waits. */
const CONFIG_RETRY_MS = 30_000;
/** After a throttle that names no time, when not even the account could be blocked. */
const BLOCK_MS = 1_000;

/** PostgreSQL was away for a moment; by the time that this is written, it is back. */
const AWAY_RETRY_MS = 1_000;

type Call = NonNullable<OutcomeDraft['call']>;

function callOf(error: HongyanError, outcome: AttemptOutcome, counts: boolean): { call: Call } {
  const code = error.provider?.code;
  return { call: { outcome, counts, reason: error.code, ...(code !== undefined && { code }) } };
}

/** Failed, unless an earlier attempt may have arrived: then nobody knows. */
const giveUp = ({ unknowns }: ClaimedDelivery, reason: string): OutcomeDraft =>
  endAs(unknowns > 0 ? 'unknown' : 'failed', reason);

/** What is known about a failure beside the error. */
export interface Circumstances {
  /** The vendor itself suppresses a repetition of this delivery. */
  readonly isProtected: boolean;
  /** The account's breaker is open: the delivery stays due behind it. */
  readonly isBreakerOpen?: boolean;
  /** The run was a probe of a vendor that is away: that it still is says nothing new, and leaves no attempt behind. */
  readonly isProbe?: boolean;
  /** How long the account is blocked, where the vendor did not say. */
  readonly blockedMs?: number;
}

function retry(
  error: RetryableDeliveryError,
  delivery: ClaimedDelivery,
  { isBreakerOpen = false, isProbe = false }: Circumstances,
): OutcomeDraft {
  const attempts = delivery.attempts + 1;
  const call = callOf(error, 'not_sent', error.usesAttempt);
  if (!error.usesAttempt) {
    const wait = isBreakerOpen ? waitFor('breaker_open', 0) : waitFor('retry', unreachableDelayMs());
    return isProbe ? wait : { ...wait, ...call };
  }
  if (attempts >= MAX_ATTEMPTS) return { ...giveUp(delivery, 'attempts_exhausted'), ...call };
  return { ...waitFor('retry', retryDelayMs(attempts)), ...call };
}

/** Nobody knows whether it arrived: repeat within the budget, else leave it to a person. */
function ambiguous(
  error: AmbiguousDeliveryError,
  delivery: ClaimedDelivery,
  { isProtected }: Circumstances,
): OutcomeDraft {
  const call = callOf(error, 'unknown', true);
  // A delivery that asks for the vendor's protection may use the larger budget from its first attempt on.
  const budget = isProtected && delivery.resendBudget > 0 ? RESENDS_AFTER_AMBIGUITY.protected : delivery.resendBudget;
  const mayRepeat = delivery.unknowns < budget && delivery.attempts + 1 < MAX_ATTEMPTS;
  if (!mayRepeat) return { ...endAs('unknown', error.reason), ...call };
  const wait = waitFor('ambiguous_retry', retryDelayMs(delivery.unknowns + 1));
  return { ...wait, ...call, possibleDuplicate: !isProtected };
}

const matches = ({ addresseeType, addresseeId }: ClaimedRecipient, { type, id }: RefusedAddressee): boolean => {
  const kind = addresseeType === 'native' ? 'user' : addresseeType;
  return kind === type && addresseeId.toLowerCase() === id.toLowerCase();
};

/** With these the vendor refuses what it has taken before; alone they mean what they say. */
const TAKEN_BEFORE: ReadonlySet<string> = new Set(['task_id_exists', 'same_content_today']);
/** Of them those that a replay meets as well: its cards have ids of their own. */
const TAKEN_BEFORE_REPLAY: ReadonlySet<string> = new Set(['same_content_today']);

const wasTakenBefore = ({ isOriginUnclear, unknowns }: ClaimedDelivery, reason: string): boolean =>
  (unknowns > 0 && TAKEN_BEFORE.has(reason)) || (isOriginUnclear && TAKEN_BEFORE_REPLAY.has(reason));

/** The refusal of a repetition: the attempt whose outcome nobody knew had arrived. */
function confirmed(error: PermanentDeliveryError): OutcomeDraft {
  const end = { status: 'sent', reason: 'confirmed_by_duplicate' } as const;
  return { ...end, rest: end, ...callOf(error, 'rejected', true) };
}

function permanent(error: PermanentDeliveryError, delivery: ClaimedDelivery): OutcomeDraft {
  if (wasTakenBefore(delivery, error.reason)) return confirmed(error);
  const exceptions = error.refused.flatMap((refused): RecipientOutcome[] => {
    const recipient = delivery.recipients.find((candidate) => matches(candidate, refused));
    if (!recipient) return [];
    const detail = refused.providerCode === undefined ? {} : { detail: { providerCode: refused.providerCode } };
    return [{ rowNo: recipient.rowNo, status: 'invalid', reason: refused.reason, ...detail }];
  });
  return { ...giveUp(delivery, error.reason), ...callOf(error, 'rejected', true), exceptions };
}

/** A fallback, or a replay, may lead to an account that was deleted meanwhile. */
const reasonOfMissing = ({ code }: NotFoundError): string =>
  code === 'unknown_account' ? 'account_missing' : 'no_route';

/**
 * The one place that decides what a throw means for a delivery. Side effects on the account (pause, block, breaker) are
 * the caller's, by the same error classes.
 */
export function verdictForError(error: unknown, delivery: ClaimedDelivery, circumstances: Circumstances): OutcomeDraft {
  if (error instanceof RetryableDeliveryError) return retry(error, delivery, circumstances);
  if (error instanceof RateLimitedError) {
    const waitMs = error.retryAfterMs ?? circumstances.blockedMs ?? BLOCK_MS;
    return { ...waitFor('rate_limited', waitMs), ...callOf(error, 'not_sent', false) };
  }
  if (error instanceof CredentialError) {
    return { ...waitFor('account_paused', 0), ...callOf(error, 'rejected', false) };
  }
  if (error instanceof PermanentDeliveryError) return permanent(error, delivery);
  if (error instanceof AmbiguousDeliveryError) return ambiguous(error, delivery, circumstances);
  if (error instanceof ValidationError) return endAs('failed', 'content_invalid');
  if (error instanceof NotFoundError) return giveUp(delivery, reasonOfMissing(error));
  if (error instanceof UnavailableError) return waitFor('retry', AWAY_RETRY_MS);
  return waitFor('retry', CONFIG_RETRY_MS);
}
