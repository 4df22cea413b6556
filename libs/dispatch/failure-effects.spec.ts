import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { AccountGates } from '#libs/accounts';
import { ConfigError, CredentialError, InvariantError, RateLimitedError, UnavailableError } from '#libs/core';
import { FailureEffects } from './failure-effects.js';
import { makeRun } from './testing/factories.js';
import { TestChannel } from './testing/test-channel.js';

describe('what a failed run means', () => {
  const gates = {
    blockUntil: jest.fn<AccountGates['blockUntil']>(() => Promise.resolve(undefined)),
    pauseForCredentials: jest.fn<AccountGates['pauseForCredentials']>(() => Promise.resolve()),
  };
  const effects = new FailureEffects(gates as unknown as AccountGates, new TestChannel().registry);

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
