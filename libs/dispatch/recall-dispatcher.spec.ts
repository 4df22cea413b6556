import { describe, expect, it } from '@jest/globals';
import {
  AmbiguousDeliveryError,
  CredentialError,
  PermanentDeliveryError,
  RateLimitedError,
  RetryableDeliveryError,
  TokenRejectedError,
} from '#libs/core';
import { verdictForRecallError } from './recall-dispatcher.js';

describe('what a failed recall call means', () => {
  it.each([[new PermanentDeliveryError('recall_rejected', 'x'), 'failed', 'recall_rejected']])(
    'for good: %s',
    (error, status, reason) => {
      expect(verdictForRecallError(error, { attempts: 0 })).toEqual({ status, reason, counts: true });
    },
  );

  it.each([new CredentialError('secret_wrong', 'x'), new TokenRejectedError('x')])(
    'is a wait for new credentials, and no attempt: %s',
    (error) => {
      const wait = { status: 'waiting', waitMs: 30_000, reason: 'account_paused', counts: false };
      expect(verdictForRecallError(error, { attempts: 7 })).toEqual(wait);
    },
  );

  it('is a wait that the provider asked for, and no attempt', () => {
    const error = new RateLimitedError('provider_throttled', 'x', 3_000, 'account');
    expect(verdictForRecallError(error, { attempts: 7 })).toEqual({ status: 'waiting', waitMs: 3_000, counts: false });
  });

  it.each([
    new RetryableDeliveryError('provider_busy', 'x', true),
    new AmbiguousDeliveryError('connection_lost', 'x'),
    new TypeError('a bug'),
  ])('is another try, since taking back twice does no harm: %s', (error) => {
    expect(verdictForRecallError(error, { attempts: 0 })).toMatchObject({
      status: 'waiting',
      reason: 'recall_unconfirmed',
      counts: true,
    });
  });

  it('is claimed neither as done nor as refused when the tries are used up and the last one was unclear', () => {
    const last = { attempts: 7 };
    expect(verdictForRecallError(new AmbiguousDeliveryError('connection_lost', 'x'), last).status).toBe('uncertain');
    expect(verdictForRecallError(new RetryableDeliveryError('provider_busy', 'x', true), last).status).toBe('failed');
  });
});
