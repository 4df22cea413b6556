import { describe, expect, it } from '@jest/globals';
import type { DeliveryRow, MessageRow } from './message-rows.js';
import { assembleTimeline, type TimelineSource } from './timeline.js';

const at = (second: number): Date => new Date(Date.UTC(2026, 10, 22, 2, 0, second));

const makeMessage = (changes: Partial<MessageRow> = {}): MessageRow =>
  ({
    id: 'm',
    created_at: at(0),
    recipient_count: 3,
    delivery_count: 1,
    recall_requested_at: null,
    ...changes,
  }) as MessageRow;

const makeDelivery = (changes: Partial<DeliveryRow> = {}): DeliveryRow =>
  ({
    no: 1,
    status: 'sent',
    reason: null,
    error: null,
    notes: null,
    sent_at: at(2),
    updated_at: at(2),
    ...changes,
  }) as DeliveryRow;

const attempt = (
  no: number,
  from: number,
  to: number | null,
  outcome: string | null,
  reason: string | null = null,
) => ({
  delivery_no: 1,
  no,
  started_at: at(from),
  finished_at: to === null ? null : at(to),
  outcome,
  reason,
  code: outcome === 'rejected' ? '40003' : null,
});

const tell = (source: Partial<TimelineSource>, language: 'zh' | 'en' = 'en') =>
  assembleTimeline(
    {
      message: makeMessage(),
      deliveries: [makeDelivery()],
      attempts: [],
      fates: [],
      recalls: [],
      events: [],
      ...source,
    },
    language,
  );

const names = (source: Partial<TimelineSource>): string[] =>
  tell(source).map(({ event, reason }) => [event, reason].filter(Boolean).join(' '));

describe('the timeline', () => {
  it('tells the happy path from the rows alone, oldest first', () => {
    expect(tell({ attempts: [attempt(1, 1, 2, 'sent')] })).toEqual([
      { at: '2026-11-22T02:00:00.000Z', event: 'accepted', text: 'Accepted' },
      { at: '2026-11-22T02:00:00.000Z', event: 'planned', text: 'Planned: 3 recipients in 1 deliveries' },
      { at: '2026-11-22T02:00:01.000Z', event: 'claimed', text: 'Taken up by a worker', deliveryNo: 1, attempt: 1 },
      {
        at: '2026-11-22T02:00:01.000Z',
        event: 'attempt_started',
        text: 'Provider call 1 began',
        deliveryNo: 1,
        attempt: 1,
      },
      {
        at: '2026-11-22T02:00:02.000Z',
        event: 'attempt_finished',
        text: 'Provider call 1 ended: accepted',
        outcome: 'sent',
        deliveryNo: 1,
        attempt: 1,
      },
      { at: '2026-11-22T02:00:02.000Z', event: 'sent', text: 'The provider accepted it', deliveryNo: 1 },
    ]);
  });

  it('tells the wait and its reason, and the call that led to it', () => {
    const waiting = makeDelivery({ status: 'scheduled', reason: 'retry', sent_at: null });
    expect(names({ deliveries: [waiting], attempts: [attempt(1, 1, 2, 'not_sent', 'provider_busy')] })).toEqual([
      'accepted',
      'planned',
      'claimed',
      'attempt_started',
      'attempt_finished provider_busy',
      'rescheduled retry',
    ]);
  });

  it.each([
    ['not_sent', 'provider_busy', 'rescheduled retry'],
    ['not_sent', 'provider_throttled', 'rescheduled rate_limited'],
    ['unknown', 'no_answer', 'rescheduled ambiguous_retry'],
  ])('tells the wait after a call that ended %s (%s), also when it is over', (outcome, reason, told) => {
    const attempts = [attempt(1, 1, 2, outcome, reason), attempt(2, 5, 6, 'sent')];
    expect(names({ attempts, deliveries: [makeDelivery({ sent_at: at(6), updated_at: at(6) })] })).toEqual([
      'accepted',
      'planned',
      'claimed',
      'attempt_started',
      `attempt_finished ${reason}`,
      told,
      'claimed',
      'attempt_started',
      'attempt_finished',
      'sent',
    ]);
  });

  it('tells a closed gate as a pause, while it lasts and afterwards', () => {
    const paused = makeDelivery({ status: 'scheduled', reason: 'account_paused', sent_at: null });
    expect(names({ deliveries: [paused] })).toEqual(['accepted', 'planned', 'paused account_paused']);
    const events = [{ at: at(1), event: 'rescheduled', delivery_no: 1, reason: 'queue_paused', data: null }];
    expect(names({ events })).toEqual(['accepted', 'planned', 'paused queue_paused', 'sent']);
  });

  it('tells a lease that ran out as an attempt of unknown outcome', () => {
    const source = { deliveries: [makeDelivery({ status: 'unknown', sent_at: null, reason: 'lease_expired' })] };
    const ended = tell({ ...source, attempts: [attempt(1, 1, 20, 'unknown', 'lease_expired')] }).at(-1);
    expect(ended).toMatchObject({ event: 'attempt_finished', outcome: 'unknown', reason: 'lease_expired' });
  });

  it('shows a call that is under way as begun', () => {
    expect(names({ deliveries: [makeDelivery({ sent_at: null })], attempts: [attempt(1, 1, null, null)] })).toEqual([
      'accepted',
      'planned',
      'claimed',
      'attempt_started',
    ]);
  });

  it('gives the code with which the provider refused', () => {
    const failed = makeDelivery({ status: 'failed', reason: 'content_invalid', sent_at: null });
    const told = tell({ deliveries: [failed], attempts: [attempt(1, 1, 2, 'rejected', 'content_invalid')] });
    expect(told.at(-2)).toMatchObject({ event: 'attempt_finished', provider: { code: '40003' } });
    expect(told.at(-1)).toMatchObject({ event: 'failed', reason: 'content_invalid', text: 'Failed: Invalid content' });
  });

  it.each([
    ['failed', 'failed attempts_exhausted'],
    ['expired', 'expired attempts_exhausted'],
    ['canceled', 'canceled attempts_exhausted'],
  ])('tells that a delivery %s', (status, told) => {
    const delivery = makeDelivery({ status, reason: 'attempts_exhausted', sent_at: null });
    expect(names({ deliveries: [delivery] })).toEqual(['accepted', 'planned', told]);
  });

  it('counts recipients that share a fate', () => {
    const fate = { delivery_no: 1, at: at(2) };
    const fates = [
      { ...fate, status: 'invalid', reason: 'not_in_directory', count: 2 },
      { ...fate, status: 'suppressed', reason: 'duplicate_content', count: 1 },
    ];
    expect(tell({ fates }, 'zh').slice(-2)).toMatchObject([
      { event: 'recipient_refused', reason: 'not_in_directory', text: '2 位收件人被拒：不在通讯录' },
      { event: 'suppressed', reason: 'duplicate_content', text: '1 位收件人未发送：内容重复' },
    ]);
  });

  it('tells what was asked of a recall and what came of it', () => {
    const message = makeMessage({ recall_requested_at: at(5) });
    const item = { delivery_no: 1, updated_at: at(6) };
    expect(names({ message, recalls: [{ ...item, status: 'recalled', reason: null }] }).slice(-2)).toEqual([
      'recall_requested',
      'recalled',
    ]);
    expect(
      names({ message, recalls: [{ ...item, status: 'uncertain', reason: 'recall_no_provider_id' }] }).at(-1),
    ).toBe('recall_failed recall_no_provider_id');
    expect(names({ message, recalls: [{ ...item, status: 'waiting', reason: null }] }).at(-1)).toBe('recall_requested');
  });

  it('adds what no row can say: who did something', () => {
    const events = [
      { at: at(9), event: 'replayed', delivery_no: null, reason: null, data: { actor: 'li' } },
      { at: at(8), event: 'resolved', delivery_no: 1, reason: 'sent', data: { actor: 'wang', note: 'x' } },
      { at: at(7), event: 'something_new', delivery_no: null, reason: null, data: null },
    ];
    expect(tell({ events }).slice(-2)).toMatchObject([
      { event: 'resolved', deliveryNo: 1, text: 'Settled as “sent” by wang' },
      { event: 'replayed', text: 'Sent again by li' },
    ]);
    expect(names({ events })).toHaveLength(5);
  });

  it('tells a wait that lasts once, and one that is over as well', () => {
    const waiting = makeDelivery({ status: 'scheduled', reason: 'rate_limited', sent_at: null, updated_at: at(4) });
    const wait = { event: 'rescheduled', delivery_no: 1, data: null };
    const events = [
      { ...wait, at: at(3), reason: 'quiet_hours' },
      { ...wait, at: at(4), reason: 'rate_limited' },
    ];
    expect(names({ deliveries: [waiting], events }).slice(2)).toEqual([
      'rescheduled quiet_hours',
      'rescheduled rate_limited',
    ]);
  });

  it('notes content that was cut', () => {
    const delivery = makeDelivery({ notes: [{ code: 'content_cut', pointer: '/content', limit: 60 }] });
    expect(tell({ deliveries: [delivery] }).map(({ text }) => text)).toContain('Content was cut: /content');
  });

  it('speaks the language it is asked in, and never shows a placeholder', () => {
    const source = { attempts: [attempt(1, 1, 2, 'unknown', 'connection_lost')] };
    for (const language of ['zh', 'en'] as const) {
      expect(tell(source, language).filter(({ text }) => /[{}]/.test(text))).toEqual([]);
    }
    expect(tell(source, 'zh')[0]?.text).toBe('已接受');
  });

  it.each([
    ['en', 'Receipt: 2 delivered, 1 read, 3 not delivered, 4 had it from an earlier call'],
    ['zh', '平台回执：送达 2 位，已读 1 位，未送达 3 位，前一次发送已送达 4 位'],
  ] as const)('sums up what a receipt says, in %s', (language, text) => {
    const data = { delivered: 2, read: 1, missed: 3, confirmed: 4 };
    const events = [{ at: at(9), event: 'receipt', delivery_no: 1, reason: null, data }];
    expect(tell({ events }, language).at(-1)).toEqual({
      at: '2026-11-22T02:00:09.000Z',
      event: 'receipt',
      text,
      deliveryNo: 1,
    });
  });

  it('says at "sent" why a channel will tell nothing more', () => {
    const deliveries = [makeDelivery({ channel: 'board' })];
    const told = tell({ deliveries, silent: new Map([['board', 'nobody looks']]) }).at(-1);
    expect(told).toMatchObject({ event: 'sent', text: 'The provider accepted it · nobody looks' });
  });
});
