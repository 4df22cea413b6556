import {
  AmbiguousDeliveryError,
  ConfigError,
  CredentialError,
  HongyanError,
  NotFoundError,
  PermanentDeliveryError,
  RateLimitedError,
  RetryableDeliveryError,
  ValidationError,
  type RefusedAddressee,
} from '#libs/core';
import type { AttemptOutcome, ClaimedDelivery, ClaimedRecipient, RecipientOutcome } from '#libs/messages';
import { MAX_ATTEMPTS, retryDelayMs, unreachableDelayMs } from './retry-schedule.js';
import { endAs, waitFor, type OutcomeDraft } from './verdict.js';

/** Set-up that an operator can mend while the message waits. */
const CONFIG_RETRY_MS = 30_000;

type Call = NonNullable<OutcomeDraft['call']>;

function callOf(error: HongyanError, outcome: AttemptOutcome, counts: boolean): { call: Call } {
  const code = error.provider?.code;
  return { call: { outcome, counts, reason: error.code, ...(code !== undefined && { code }) } };
}

/** Failed, unless an earlier attempt may have arrived: then nobody knows. */
const giveUp = ({ unknowns }: ClaimedDelivery, reason: string): OutcomeDraft =>
  endAs(unknowns > 0 ? 'unknown' : 'failed', reason);

function retry(error: RetryableDeliveryError, delivery: ClaimedDelivery): OutcomeDraft {
  const attempts = delivery.attempts + 1;
  const call = callOf(error, 'not_sent', error.usesAttempt);
  if (!error.usesAttempt) return { ...waitFor('retry', unreachableDelayMs()), ...call };
  if (attempts >= MAX_ATTEMPTS) return { ...giveUp(delivery, 'attempts_exhausted'), ...call };
  return { ...waitFor('retry', retryDelayMs(attempts)), ...call };
}

/** Nobody knows whether it arrived: repeat within the budget, else leave it to a person. */
function ambiguous(error: AmbiguousDeliveryError, delivery: ClaimedDelivery, isProtected: boolean): OutcomeDraft {
  const call = callOf(error, 'unknown', true);
  const mayRepeat = delivery.unknowns < delivery.resendBudget && delivery.attempts + 1 < MAX_ATTEMPTS;
  if (!mayRepeat) return { ...endAs('unknown', error.reason), ...call };
  const wait = waitFor('ambiguous_retry', retryDelayMs(delivery.unknowns + 1));
  return { ...wait, ...call, possibleDuplicate: !isProtected };
}

const matches = ({ addresseeType, addresseeId }: ClaimedRecipient, { type, id }: RefusedAddressee): boolean => {
  const kind = addresseeType === 'native' ? 'user' : addresseeType;
  return kind === type && addresseeId.toLowerCase() === id.toLowerCase();
};

function permanent(error: PermanentDeliveryError, delivery: ClaimedDelivery): OutcomeDraft {
  const exceptions = error.refused.flatMap((refused): RecipientOutcome[] => {
    const recipient = delivery.recipients.find((candidate) => matches(candidate, refused));
    if (!recipient) return [];
    const detail = refused.providerCode === undefined ? {} : { detail: { providerCode: refused.providerCode } };
    return [{ rowNo: recipient.rowNo, status: 'invalid', reason: refused.reason, ...detail }];
  });
  return { ...giveUp(delivery, error.reason), ...callOf(error, 'rejected', true), exceptions };
}

/**
 * The one place that decides what a throw means for a delivery. Side effects on the account (pause, block) are the
 * caller's, by the same error classes.
 *
 * @param isProtected the vendor itself suppresses a repetition of this delivery
 */
export function verdictForError(error: unknown, delivery: ClaimedDelivery, isProtected: boolean): OutcomeDraft {
  if (error instanceof RetryableDeliveryError) return retry(error, delivery);
  if (error instanceof RateLimitedError) {
    return { ...waitFor('rate_limited', error.retryAfterMs), ...callOf(error, 'not_sent', false) };
  }
  if (error instanceof CredentialError) {
    return { ...waitFor('account_paused', 0), ...callOf(error, 'rejected', false) };
  }
  if (error instanceof PermanentDeliveryError) return permanent(error, delivery);
  if (error instanceof AmbiguousDeliveryError) return ambiguous(error, delivery, isProtected);
  if (error instanceof ValidationError) return endAs('failed', 'content_invalid');
  if (error instanceof NotFoundError) return endAs('failed', 'no_route');
  if (error instanceof ConfigError) return waitFor('retry', CONFIG_RETRY_MS);
  return waitFor('retry', CONFIG_RETRY_MS);
}
