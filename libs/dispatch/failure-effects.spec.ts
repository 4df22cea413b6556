import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { AccountBreaker, AccountGates } from '#libs/accounts';
import {
  ConfigError,
  CredentialError,
  InvariantError,
  RateLimitedError,
  RetryableDeliveryError,
  UnavailableError,
} from '#libs/core';
import { FailureEffects } from './failure-effects.js';
import type { RefusalFeedback } from './refusal-feedback.js';
import { makeRun } from './testing/factories.js';
import { TestChannel } from './testing/test-channel.js';

describe('what a failed run means', () => {
  const gates = {
    blockUntil: jest.fn<AccountGates['blockUntil']>(() => Promise.resolve(undefined)),
    pauseForCredentials: jest.fn<AccountGates['pauseForCredentials']>(() => Promise.resolve()),
  };
  const breaker = {
    countFailure: jest.fn<AccountBreaker['countFailure']>(() => Promise.resolve(false)),
    noteAnswer: jest.fn<AccountBreaker['noteAnswer']>(() => Promise.resolve()),
    throttle: jest.fn<AccountBreaker['throttle']>(() => Promise.resolve(2_000)),
  };
  const feedback = { note: jest.fn<RefusalFeedback['note']>(() => Promise.resolve()) };
  const effects = new FailureEffects(
    gates as unknown as AccountGates,
    breaker as unknown as AccountBreaker,
    new TestChannel().registry,
    feedback as unknown as RefusalFeedback,
  );

  beforeEach(() => {
    jest.clearAllMocks();
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  });

  function called() {
    const run = makeRun();
    run.call = { addressees: ['u1'], exchange: { status: 200 } };
    return run;
  }

  it.each([new TypeError('cannot read the answer'), new InvariantError('no such branch')])(
    'is unclear after a fault of our own once a request has gone out: %s',
    async (fault) => {
      await expect(effects.settle(fault, called())).resolves.toMatchObject({
        status: 'scheduled',
        reason: 'ambiguous_retry',
        possibleDuplicate: true,
        call: { outcome: 'unknown', counts: true, reason: 'garbled_answer' },
        error: { code: 'internal_error' },
      });
      expect(Logger.prototype.error).toHaveBeenCalledTimes(1);
    },
  );

  it('is a plain wait when the fault came before any request, or was none of our own', async () => {
    for (const [fault, run] of [
      [new TypeError('cannot build the body'), makeRun()],
      [new UnavailableError('the database is away'), called()],
      [new ConfigError('host_not_allowed', 'not there'), called()],
    ] as const) {
      const draft = await effects.settle(fault, run);
      expect(draft).toMatchObject({ status: 'scheduled', reason: 'retry' });
      expect(draft).not.toHaveProperty('call');
    }
  });

  it('closes the gate of the account when the vendor asks to slow down or refuses the credentials', async () => {
    await effects.settle(new RateLimitedError('provider_throttled', 'slow down', 2_000, 'account'), called());
    expect(gates.blockUntil).toHaveBeenCalledWith('letter-1', 2_000);
    const run = called();
    run.accountVersion = 3;
    await effects.settle(new CredentialError('secret_invalid', 'no'), run);
    expect(gates.pauseForCredentials).toHaveBeenCalledWith('letter-1', 'secret_invalid', 'no', 3);
  });

  it('counts towards the breaker only when the vendor was not reached, and ends the count otherwise', async () => {
    breaker.countFailure.mockResolvedValueOnce(true);
    const away = new RetryableDeliveryError('connect_failed', 'x', false);
    await expect(effects.settle(away, called())).resolves.toMatchObject({ reason: 'breaker_open', waitMs: 0 });
    expect(breaker.noteAnswer).not.toHaveBeenCalled();
    await effects.settle(new RetryableDeliveryError('provider_busy', 'x', true), called());
    expect(breaker.countFailure).toHaveBeenCalledTimes(1);
    expect(breaker.noteAnswer).toHaveBeenCalledWith('letter-1', false);
  });

  it('says nothing about the vendor when no request went out', async () => {
    await effects.settle(new RetryableDeliveryError('provider_error', 'no token yet', false), makeRun());
    expect(breaker.countFailure).not.toHaveBeenCalled();
    await effects.settle(new ConfigError('host_not_allowed', 'not there'), makeRun());
    expect(breaker.noteAnswer).not.toHaveBeenCalled();
  });

  it('is a block of growing length when the vendor asks to slow down without a time', async () => {
    const throttle = new RateLimitedError('provider_throttled', 'slow down', undefined, 'account');
    await expect(effects.settle(throttle, called())).resolves.toMatchObject({ reason: 'rate_limited', waitMs: 2_000 });
    expect(breaker.noteAnswer).toHaveBeenCalledWith('letter-1', true);
    expect(gates.blockUntil).not.toHaveBeenCalled();
  });

  it('is written also when the gate cannot be closed', async () => {
    gates.blockUntil.mockRejectedValueOnce(new UnavailableError('away'));
    const throttled = new RateLimitedError('provider_throttled', 'slow down', 2_000, 'account');
    await expect(effects.settle(throttled, called())).resolves.toMatchObject({ reason: 'rate_limited' });
  });

  it('is nothing to write without a claim', async () => {
    const run = makeRun();
    run.lease = undefined;
    await expect(effects.settle(new TypeError('early'), run)).rejects.toThrow('early');
  });
});
