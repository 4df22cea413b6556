import { describe, expect, it } from '@jest/globals';
import {
  AmbiguousDeliveryError,
  ConfigError,
  CredentialError,
  PermanentDeliveryError,
  RateLimitedError,
  RetryableDeliveryError,
  TokenRejectedError,
} from '#libs/core';
import { requestedWaitMs, toTokenError, tokenFailureOf } from './token-failure.js';

describe('a failed fetch of a token', () => {
  it.each([
    ['refused credentials', new CredentialError('secret_wrong', 'm'), 'credentials', 'secret_wrong'],
    ['a refused token, although none was sent', new TokenRejectedError('m'), 'credentials', 'secret_wrong'],
    [
      'a set-up that is refused for good',
      new PermanentDeliveryError('ip_not_trusted', 'm'),
      'credentials',
      'ip_not_trusted',
    ],
    ['a code nobody knows', new PermanentDeliveryError('provider_rejected', 'm'), 'transient', 'provider_rejected'],
    ['a busy vendor', new RetryableDeliveryError('provider_busy', 'm', true), 'transient', 'provider_busy'],
    ['a lost answer', new AmbiguousDeliveryError('timeout_after_send', 'm'), 'transient', 'timeout_after_send'],
    ['a throttle', new RateLimitedError('provider_throttled', 'm', 9, 'account'), 'rate_limited', 'provider_throttled'],
    ['a forbidden address', new ConfigError('host_not_allowed', 'm'), 'config', 'host_not_allowed'],
  ])('through %s is kept as it has to be treated', (_, error, kind, reason) => {
    expect(tokenFailureOf(error)).toMatchObject({ kind, reason });
  });

  it('keeps no text of an error that might quote an address with a secret', () => {
    const failure = tokenFailureOf(new Error('GET /gettoken?corpsecret=canary failed'));
    expect(JSON.stringify(failure)).not.toContain('canary');
    expect(failure).toMatchObject({ kind: 'transient', reason: 'internal_error' });
  });

  it('is raised without using an attempt, and says when the next fetch is allowed', () => {
    const failure = { kind: 'transient', reason: 'provider_busy', message: 'Busy' } as const;
    expect(toTokenError(failure, 1234.5)).toMatchObject({ usesAttempt: false, meta: { retryAfterMs: 1235 } });
    expect(toTokenError({ ...failure, kind: 'rate_limited' }, 5000)).toMatchObject({
      retryAfterMs: 5000,
      scope: 'account',
    });
    expect(toTokenError({ ...failure, kind: 'credentials' }, 5000)).toBeInstanceOf(CredentialError);
    expect(toTokenError({ ...failure, kind: 'config' }, 5000)).toBeInstanceOf(ConfigError);
  });

  it('waits at least as long as the vendor asked', () => {
    expect(requestedWaitMs(new RateLimitedError('provider_throttled', 'm', 60_000, 'account'))).toBe(60_000);
    expect(requestedWaitMs(new RetryableDeliveryError('provider_busy', 'm', true))).toBe(0);
  });
});
