import { describe, expect, it } from '@jest/globals';
import { DELIVERY_STATUSES } from '../states.js';
import { RECALL_WINDOW_SECONDS, testChannels } from '../testing/test-channels.js';
import { planRecallItem } from './plan-recall.js';
import type { RecallCandidate } from './recall.js';

const NOW = new Date('2026-11-22T02:00:00.000Z');
const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1_000);

const makeCandidate = (changes: Partial<RecallCandidate> = {}): RecallCandidate => ({
  messageId: 'm',
  no: 1,
  channel: 'letter',
  status: 'sent',
  mayHaveArrived: false,
  isConfirmed: false,
  isMerged: false,
  sentAt: ago(60),
  providerMsgIds: ['id-1'],
  accountGone: false,
  ...changes,
});

const planned = (changes: Partial<RecallCandidate>): string | undefined => {
  const plan = planRecallItem(makeCandidate(changes), testChannels(), NOW);
  return plan && [plan.status, plan.reason].filter(Boolean).join(' ');
};

describe('what a recall does about a delivery', () => {
  it.each([
    ['canceled', 'canceled'],
    ['sending', 'waiting'],
    ['sent', 'waiting'],
    ['partial', 'waiting'],
    ['unknown', 'waiting'],
    ['failed', undefined],
    ['suppressed', undefined],
    ['expired', undefined],
    ['recalled', undefined],
    ['accepted', undefined],
    ['scheduled', undefined],
  ])('that is %s: %s', (status, plan) => expect(planned({ status })).toBe(plan));

  it('is decided for every state there is', () => {
    for (const status of DELIVERY_STATUSES) expect(() => planned({ status })).not.toThrow();
  });

  it('is to ask the vendor within its window, and to say so afterwards', () => {
    expect(planned({ sentAt: ago(RECALL_WINDOW_SECONDS) })).toBe('waiting');
    expect(planned({ sentAt: ago(RECALL_WINDOW_SECONDS + 1) })).toBe('failed recall_window_closed');
  });

  it('is nothing but a reason where it cannot succeed', () => {
    expect(planned({ channel: 'board' })).toBe('failed recall_not_supported');
    expect(planned({ channel: 'gone-from-the-product' })).toBe('failed recall_not_supported');
    expect(planned({ accountGone: true })).toBe('failed recall_account_gone');
    expect(planned({ providerMsgIds: [] })).toBe('failed recall_no_provider_id');
  });

  it('claims nothing about one that may have arrived and left no id', () => {
    expect(planned({ status: 'unknown', providerMsgIds: [] })).toBe('uncertain recall_no_provider_id');
    expect(planned({ isConfirmed: true, providerMsgIds: [] })).toBe('uncertain recall_no_provider_id');
    expect(planned({ status: 'unknown', channel: 'board' })).toBe('failed recall_not_supported');
  });
});
