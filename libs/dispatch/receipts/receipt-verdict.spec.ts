import { describe, expect, it } from '@jest/globals';
import type { AddresseeReceipt } from '#libs/channels';
import { CredentialError, PermanentDeliveryError, RateLimitedError, RetryableDeliveryError } from '#libs/core';
import type { ClaimedPoll, PolledRecipient } from '#libs/messages';
import { makePoll } from '../testing/factories.js';
import { nextQuestionMs } from './receipt-schedule.js';
import { verdictForFault, verdictForReceipts } from './receipt-verdict.js';

const row = (rowNo: number, id: string, changes: Partial<PolledRecipient> = {}): PolledRecipient => ({
  rowNo,
  id,
  type: 'user',
  status: 'sent',
  ...changes,
});

const receipt = (id: string, fate: object): AddresseeReceipt =>
  ({ addressee: { type: 'user', id }, ...fate }) as AddresseeReceipt;

const verdict = (poll: ClaimedPoll, ...recipients: AddresseeReceipt[]) =>
  verdictForReceipts({ done: false, recipients }, poll, 'dingtalk');

describe('what a vendor tells', () => {
  it('is kept in the words of a recipient: reached, read, not reachable, to be sent again', () => {
    const poll = makePoll({ recipients: ['a', 'b', 'c', 'd', 'e', 'f'].map((id, index) => row(index + 1, id)) });
    const { recipients } = verdict(
      poll,
      receipt('a', { state: 'read' }),
      receipt('b', { state: 'unread' }),
      receipt('c', { state: 'refused', reason: 'recipient_unknown', providerCode: 'x' }),
      receipt('d', { state: 'limited', reason: 'same_content_today', repeats: true }),
      receipt('e', { state: 'failed', reason: 'not_delivered' }),
    );
    expect(recipients).toEqual([
      { rowNo: 1, status: 'read' },
      { rowNo: 2, status: 'delivered' },
      { rowNo: 3, status: 'invalid', reason: 'recipient_unknown', providerCode: 'x' },
      { rowNo: 4, status: 'failed', reason: 'same_content_today', repeatedFor: 'd' },
      { rowNo: 5, status: 'failed', reason: 'not_delivered' },
    ]);
  });

  it('is left out where the row says it already, or something later', () => {
    const poll = makePoll({ recipients: [row(1, 'a', { status: 'delivered' }), row(2, 'b', { status: 'read' })] });
    const { recipients } = verdict(poll, receipt('a', { state: 'unread' }), receipt('b', { state: 'unread' }));
    expect(recipients).toEqual([]);
  });

  it('concerns a person whether addressed by the business id or by the id of the vendor', () => {
    const poll = makePoll({ recipients: [row(1, 'a', { type: 'native' }), row(2, 'A')] });
    const { recipients } = verdict(poll, receipt('a', { state: 'read' }));
    expect(recipients).toEqual([{ rowNo: 1, status: 'read' }]);
  });

  it('concerns the chat group when no addressee is named', () => {
    const poll = makePoll({ recipients: [row(1, 'robot', { type: 'group' })] });
    const { again, recipients } = verdictForReceipts(
      { done: true, recipients: [{ state: 'delivered' }] },
      poll,
      'dingtalk',
    );
    expect(recipients).toEqual([{ rowNo: 1, status: 'delivered' }]);
    expect(again).toBeUndefined();
  });
});

describe('a question that failed', () => {
  it('waits as long as the vendor asks, and counts as none', () => {
    const error = new RateLimitedError('provider_throttled', 'x', 3_000, 'account');
    expect(verdictForFault(error, makePoll())).toEqual({ recipients: [], again: { waitMs: 3_000, counts: false } });
  });

  it.each([
    new RetryableDeliveryError('provider_busy', 'x', true),
    new CredentialError('permission_missing', 'x'),
    new TypeError('a bug'),
  ])('is asked again, since it says nothing of the message: %s', (error) => {
    const { again, unavailable } = verdictForFault(error, makePoll({ tries: 9 }));
    expect(again).toMatchObject({ counts: true });
    expect(unavailable).toBeUndefined();
  });

  it('is over when the vendor goes on refusing to tell', () => {
    const error = new PermanentDeliveryError('result_unavailable', 'x');
    expect(verdictForFault(error, makePoll({ tries: 2 })).again).toBeDefined();
    expect(verdictForFault(error, makePoll({ tries: 3 }))).toEqual({
      recipients: [],
      unavailable: 'result_unavailable',
    });
  });
});

describe('nextQuestionMs', () => {
  it('grows to an hour, a tenth more or less', () => {
    const middle = [0, 1, 2, 3, 50].map((tries) => nextQuestionMs(tries, () => 0.5));
    expect(middle).toEqual([25_000, 120_000, 600_000, 3_600_000, 3_600_000]);
    expect(nextQuestionMs(3, () => 0)).toBe(3_240_000);
    expect(nextQuestionMs(3, () => 1)).toBe(3_960_000);
  });
});
