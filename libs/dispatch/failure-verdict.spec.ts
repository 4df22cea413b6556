import { describe, expect, it } from '@jest/globals';
import {
  AmbiguousDeliveryError,
  ConfigError,
  CredentialError,
  InvariantError,
  NotFoundError,
  PermanentDeliveryError,
  RateLimitedError,
  RetryableDeliveryError,
  TokenRejectedError,
  UnavailableError,
  ValidationError,
} from '#libs/core';
import { verdictForError } from './failure-verdict.js';
import { makeClaimed, makeRecipient } from './testing/factories.js';

const provider = { name: 'vendor', code: '40003', message: 'no' };
const notReached = (reason: string) => new RetryableDeliveryError(reason, 'x', false);

const verdict = (error: unknown, delivery = makeClaimed(), isProtected = false) =>
  verdictForError(error, delivery, { isProtected });

describe('what a failed call means for its delivery', () => {
  it.each([
    ['refused, DNS, connect time-out', notReached('connect_failed'), 'scheduled retry', 'not_sent free'],
    ['no DNS answer', notReached('dns_failed'), 'scheduled retry', 'not_sent free'],
    ['busy', new RetryableDeliveryError('provider_busy', 'x', true), 'scheduled retry', 'not_sent charged'],
    [
      'HTTP 429, 503 or a rate code',
      new RateLimitedError('provider_throttled', 'x', 2_500, 'account'),
      'scheduled rate_limited',
      'not_sent free',
    ],
    [
      'reset or closed after the request was read',
      new AmbiguousDeliveryError('connection_lost', 'x'),
      'scheduled ambiguous_retry',
      'unknown charged',
    ],
    [
      'no headers or body in time',
      new AmbiguousDeliveryError('timeout_after_send', 'x'),
      'scheduled ambiguous_retry',
      'unknown charged',
    ],
    [
      'HTTP 502, HTML, broken JSON',
      new AmbiguousDeliveryError('garbled_answer', 'x'),
      'scheduled ambiguous_retry',
      'unknown charged',
    ],
    ['wrong credentials', new CredentialError('secret_invalid', 'x'), 'scheduled account_paused', 'rejected free'],
    [
      'any other code',
      new PermanentDeliveryError('content_invalid', 'x'),
      'failed content_invalid',
      'rejected charged',
    ],
  ])('%s', (_case, error, ends, call) => {
    const { call: charge, reason, status } = verdict(error);
    expect(`${status} ${reason}`).toBe(ends);
    expect(`${charge?.outcome} ${charge?.counts ? 'charged' : 'free'}`).toBe(call);
    expect(charge?.reason).toBe(error.code);
  });

  it('keeps the code of the provider with the attempt', () => {
    const error = new PermanentDeliveryError('content_invalid', 'x', [], { provider });
    expect(verdict(error).call).toMatchObject({ code: '40003' });
    expect(verdict(new AmbiguousDeliveryError('connection_lost', 'x')).call).not.toHaveProperty('code');
  });
});

describe('a provider that is not reached', () => {
  const away = notReached('connect_failed');
  const whileOpen = (isProbe: boolean) =>
    verdictForError(away, makeClaimed(), { isProtected: false, isBreakerOpen: true, isProbe });

  it('is asked again soon, and by a breaker that is open whenever that lets it', () => {
    expect(verdict(away).waitMs).toBeGreaterThanOrEqual(1_000);
    expect(whileOpen(false)).toMatchObject({ status: 'scheduled', reason: 'breaker_open', waitMs: 0 });
  });

  it('leaves no attempt of a probe behind: that it is still away is no news', () => {
    expect(whileOpen(false)).toHaveProperty('call.outcome', 'not_sent');
    expect(whileOpen(true)).not.toHaveProperty('call');
  });
});

describe('a throttle', () => {
  it('that names no time lasts as long as the account is blocked for it', () => {
    const throttle = new RateLimitedError('provider_throttled', 'x', undefined, 'account');
    expect(verdictForError(throttle, makeClaimed(), { isProtected: false, blockedMs: 2_000 }).waitMs).toBe(2_000);
    expect(verdict(throttle).waitMs).toBe(1_000);
  });
});

describe('the refusal of a repetition', () => {
  const taken = new PermanentDeliveryError('task_id_exists', 'x', [], { provider: { ...provider, code: '42014' } });

  it('confirms the attempt whose outcome nobody knew', () => {
    const sent = { status: 'sent', reason: 'confirmed_by_duplicate' };
    expect(verdict(taken, makeClaimed({ unknowns: 1 }))).toMatchObject({
      ...sent,
      rest: sent,
      call: { outcome: 'rejected', counts: true, code: '42014' },
    });
  });

  it('confirms the attempt of the delivery that is replayed, but for cards, whose ids differ', () => {
    const replay = makeClaimed({ kind: 'replay', isOriginUnclear: true });
    const same = new PermanentDeliveryError('same_content_today', 'x');
    expect(verdict(same, replay)).toMatchObject({ status: 'sent', reason: 'confirmed_by_duplicate' });
    expect(verdict(taken, replay)).toMatchObject({ status: 'failed', reason: 'task_id_exists' });
  });

  it('means what it says when there is no such attempt, and nothing when it is about something else', () => {
    expect(verdict(taken)).toMatchObject({ status: 'failed', reason: 'task_id_exists' });
    const other = new PermanentDeliveryError('content_invalid', 'x');
    expect(verdict(other, makeClaimed({ unknowns: 1 }))).toMatchObject({ status: 'unknown' });
  });
});

describe('a retry', () => {
  const busy = new RetryableDeliveryError('provider_busy', 'x', true);

  it('keeps the recipients pending and waits at most for the ceiling of its attempt', () => {
    const { rest, waitMs } = verdict(busy, makeClaimed({ attempts: 2 }));
    expect(rest).toBeUndefined();
    expect(waitMs).toBeLessThanOrEqual(30_000);
  });

  it('ends with the eighth attempt', () => {
    expect(verdict(busy, makeClaimed({ attempts: 6 })).status).toBe('scheduled');
    expect(verdict(busy, makeClaimed({ attempts: 7 }))).toMatchObject({
      status: 'failed',
      reason: 'attempts_exhausted',
      rest: { status: 'failed', reason: 'attempts_exhausted' },
    });
  });

  it('never ends while the provider cannot be reached', () => {
    expect(verdict(notReached('connect_failed'), makeClaimed({ attempts: 7 }))).toMatchObject({
      status: 'scheduled',
      reason: 'retry',
    });
  });

  it('waits as long as the provider asked for', () => {
    expect(verdict(new RateLimitedError('provider_blocked', 'x', 600_000, 'account')).waitMs).toBe(600_000);
  });
});

describe('an attempt of unknown outcome', () => {
  const lost = new AmbiguousDeliveryError('connection_lost', 'x');

  it('is repeated within its budget, marked as a possible duplicate where the vendor does not protect', () => {
    expect(verdict(lost)).toMatchObject({ status: 'scheduled', possibleDuplicate: true });
    expect(verdict(lost, makeClaimed({ resendBudget: 3, unknowns: 2 }), true)).toMatchObject({
      status: 'scheduled',
      possibleDuplicate: false,
    });
  });

  it('is repeated more often where the vendor was asked to protect it, unless its template says hold', () => {
    expect(verdict(lost, makeClaimed({ unknowns: 2 }), true)).toMatchObject({ status: 'scheduled' });
    expect(verdict(lost, makeClaimed({ unknowns: 3 }), true)).toMatchObject({ status: 'unknown' });
    expect(verdict(lost, makeClaimed({ resendBudget: 0 }), true)).toMatchObject({ status: 'unknown' });
  });

  it.each([
    ['its budget is used up', { unknowns: 1 }],
    ['its template says hold', { resendBudget: 0 }],
    ['its attempts are used up', { attempts: 7, resendBudget: 3 }],
  ])('is left to a person when %s', (_case, changes) => {
    expect(verdict(lost, makeClaimed(changes))).toMatchObject({
      status: 'unknown',
      reason: 'connection_lost',
      rest: { status: 'unknown', reason: 'connection_lost' },
      call: { outcome: 'unknown', counts: true },
    });
  });
});

describe('a delivery that may have arrived by an earlier attempt', () => {
  const doubtful = makeClaimed({ unknowns: 1, attempts: 7 });

  it.each([
    ['its attempts are used up', new RetryableDeliveryError('provider_busy', 'x', true), 'attempts_exhausted'],
    ['the repetition is refused', new PermanentDeliveryError('content_invalid', 'x'), 'content_invalid'],
  ])('is not called failed when %s', (_case, error, reason) => {
    expect(verdict(error, doubtful)).toMatchObject({ status: 'unknown', reason, rest: { status: 'unknown', reason } });
  });
});

describe('a refusal', () => {
  const recipients = [
    makeRecipient(1, { addresseeId: 'LiSi' }),
    makeRecipient(2, { addresseeType: 'native', addresseeId: 'wang' }),
    makeRecipient(3, { addresseeType: 'department', addresseeId: 'wang' }),
    makeRecipient(4),
  ];

  it('that names recipients gives each one its own reason', () => {
    const error = new PermanentDeliveryError('all_invalid', 'x', [
      { type: 'user', id: 'lisi', reason: 'recipient_unknown', providerCode: '81013' },
      { type: 'user', id: 'wang', reason: 'not_visible' },
      { type: 'user', id: 'nobody-of-ours', reason: 'recipient_unknown' },
    ]);
    expect(verdict(error, makeClaimed({ recipients }))).toMatchObject({
      status: 'failed',
      reason: 'all_invalid',
      rest: { status: 'failed', reason: 'all_invalid' },
      exceptions: [
        { rowNo: 1, status: 'invalid', reason: 'recipient_unknown', detail: { providerCode: '81013' } },
        { rowNo: 2, status: 'invalid', reason: 'not_visible' },
      ],
    });
  });
});

describe('what fails before a call', () => {
  it.each([
    [new ValidationError([]), 'failed content_invalid'],
    [new NotFoundError('x'), 'failed no_route'],
    [new NotFoundError('x', 'unknown_account'), 'failed account_missing'],
    [new ConfigError('sandbox_not_running', 'x'), 'scheduled retry'],
    [new UnavailableError('x'), 'scheduled retry'],
    [new TokenRejectedError('x'), 'scheduled retry'],
    [new InvariantError('x'), 'scheduled retry'],
    [new TypeError('a bug'), 'scheduled retry'],
    ['not even an error', 'scheduled retry'],
  ])('%s', (error, ends) => {
    const { call, reason, status } = verdict(error);
    expect(`${status} ${reason}`).toBe(ends);
    expect(call).toBeUndefined();
  });
});
