import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { makeTemplate } from '../../../libs/messages/testing/factories.js';
import { faultsInBooks, faultsInMoves, recordMoves } from './books.js';
import {
  ambiguousOutcome,
  attemptsOf,
  claimed,
  deliveryOf,
  failedOutcome,
  lapse,
  messageOf,
  outcomeOf,
  recipientsOf,
  sentOutcome,
  startHeart,
  unknownOutcome,
  type Heart,
} from './heart.fixture.js';

let heart: Heart;

beforeAll(async () => {
  heart = await startHeart();
  await recordMoves(heart);
}, 60_000);

afterEach(async () => {
  await expect(faultsInBooks(heart)).resolves.toEqual([]);
  await expect(faultsInMoves(heart)).resolves.toEqual([]);
});

afterAll(() => heart.stop());

const hold = makeTemplate({ onAmbiguous: 'hold' });
const actor = 'li';

const eventsOf = (id: string) =>
  heart.query('SELECT event, delivery_no, reason, data FROM event WHERE message_id = $1 ORDER BY id', [id]);

/** A message with one delivery sent, one failed and one of unknown outcome. */
async function mixed(): Promise<string> {
  const { id } = await heart.accept(['a', 'b', 'c', 'd', 'e', 'f', 'g'], { template: hold });
  await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, id, 1)));
  await heart.a.outcomes.write(failedOutcome(await claimed(heart.a, id, 2)));
  await heart.a.outcomes.write(unknownOutcome(await claimed(heart.a, id, 3)));
  return id;
}

describe('canceling', () => {
  it('ends what waits and leaves alone what is being sent or has ended', async () => {
    const { id } = await heart.accept(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, id, 1)));
    await claimed(heart.a, id, 2);
    await expect(heart.a.cancels.cancelWaiting([id], 'canceled_by_operator')).resolves.toEqual([
      { messageId: id, no: 3 },
    ]);
    await expect(recipientsOf(heart, id)).resolves.toEqual([
      ...Array(3).fill('sent'),
      ...Array(3).fill('pending'),
      'canceled canceled_by_operator',
    ]);
  });

  it('is final: what was canceled is never claimed', async () => {
    const { id } = await heart.accept(['a']);
    await heart.a.cancels.cancelWaiting([id], 'canceled_by_caller');
    await expect(heart.b.claims.claim(id, 1)).resolves.toBeUndefined();
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'canceled', reason: 'canceled_by_caller' });
  });

  it('and claiming at the same moment has one winner', async () => {
    const plans = await Promise.all(Array.from({ length: 40 }, () => heart.accept(['a'])));
    const results = await Promise.all(
      plans.map(({ id }) =>
        Promise.all([heart.a.claims.claim(id, 1), heart.b.cancels.cancelWaiting([id], 'canceled_by_caller')]),
      ),
    );
    for (const [delivery, canceled] of results) expect([Boolean(delivery), canceled.length]).not.toEqual([true, 1]);
    const lost = results.filter(([delivery, canceled]) => !delivery && canceled.length === 0);
    expect(lost).toEqual([]);
  });

  it('a delivery that may have arrived ends it as unknown, for the reason nobody knows', async () => {
    const { id } = await heart.accept(['a']);
    await heart.a.outcomes.write(ambiguousOutcome(await claimed(heart.a, id), 60_000));
    await heart.a.cancels.cancelWaiting([id], 'canceled_by_caller');
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'unknown', reason: 'connection_lost' });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['unknown connection_lost']);
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'unknown', n_unknown: 1, n_canceled: 0 });
  });

  it('a delivery that was handed back after a doubtful attempt ends it as unknown, too', async () => {
    const { id } = await heart.accept(['a']);
    await heart.a.outcomes.write(ambiguousOutcome(await claimed(heart.a, id)));
    await heart.a.outcomes.write(outcomeOf(await claimed(heart.a, id), { status: 'accepted', reason: 'retry' }));
    await heart.a.cancels.cancelWaiting([id], 'canceled_by_caller');
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'unknown', reason: 'connection_lost' });
  });

  it('a delivery whose doubtful attempt was answered with no after all is a plain cancel', async () => {
    const { id } = await heart.accept(['a']);
    const late = await claimed(heart.a, id);
    await lapse(heart, id);
    await heart.b.sweep.endLapsedLeases(10);
    await heart.a.outcomes.write(failedOutcome(late));
    await heart.a.cancels.cancelWaiting([id], 'canceled_by_caller');
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'canceled', reason: 'canceled_by_caller' });
  });

  it('twice cancels once', async () => {
    const { id } = await heart.accept(['a']);
    const both = await Promise.all(
      [heart.a, heart.b].map(({ cancels }) => cancels.cancelWaiting([id], 'canceled_by_caller')),
    );
    expect(both.flat()).toHaveLength(1);
  });
});

describe('a replay', () => {
  const replay = (messageId: string, includeUnknown = false, deliveryNo?: number) =>
    heart.a.replays.replay({ messageId, includeUnknown, actor, ...(deliveryNo !== undefined && { deliveryNo }) });

  it('adds a delivery for those who did not get it, and reopens none', async () => {
    const id = await mixed();
    await expect(replay(id)).resolves.toBe(3);
    await expect(deliveryOf(heart, id, 2)).resolves.toMatchObject({ status: 'failed' });
    await expect(deliveryOf(heart, id, 4)).resolves.toMatchObject({
      status: 'accepted',
      kind: 'replay',
      account: 'letter-1',
      route_no: 1,
      attempts: 0,
      fence: 0,
    });
    await expect(messageOf(heart, id)).resolves.toMatchObject({
      status: 'accepted',
      reason: null,
      open_rows: 3,
      n_failed: 0,
      delivery_count: 4,
      recipient_count: 7,
    });
    await expect(eventsOf(id)).resolves.toEqual([
      { event: 'replayed', delivery_no: null, reason: null, data: { actor, deliveries: [4] } },
    ]);
    const delivery = await claimed(heart.b, id, 4);
    expect(delivery.recipients.map(({ ref }) => ref)).toEqual(['user:d', 'user:e', 'user:f']);
    await heart.b.outcomes.write(sentOutcome(delivery));
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'unknown', n_sent: 6, n_unknown: 1 });
  });

  it('sends again to those who may have it only when told to', async () => {
    const id = await mixed();
    await expect(replay(id, true)).resolves.toBe(4);
    await expect(messageOf(heart, id)).resolves.toMatchObject({ open_rows: 4, n_unknown: 0, delivery_count: 5 });
  });

  it('may be limited to one delivery', async () => {
    const id = await mixed();
    await expect(replay(id, true, 3)).resolves.toBe(1);
    await expect(recipientsOf(heart, id)).resolves.toEqual([
      ...Array(3).fill('sent'),
      ...Array(3).fill('failed content_invalid'),
      'pending',
    ]);
  });

  it('lasts as long as the message did at first', async () => {
    const { id } = await heart.accept(['a'], { template: makeTemplate({ ttlSeconds: 7_200 }) });
    await heart.a.cancels.cancelWaiting([id], 'canceled_by_caller');
    await replay(id);
    await expect(
      heart.query(
        `SELECT round(extract(epoch FROM expire_at - created_at))::int AS ttl FROM delivery WHERE message_id = $1 AND no = 2`,
        [id],
      ),
    ).resolves.toEqual([{ ttl: 7_200 }]);
  });

  it('has nothing to do for a message that everybody got or that is still under way', async () => {
    const { id } = await heart.accept(['a']);
    await expect(replay(id)).rejects.toMatchObject({ code: 'not_replayable' });
    await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, id)));
    await expect(replay(id)).rejects.toMatchObject({ code: 'not_replayable' });
    await expect(eventsOf(id)).resolves.toEqual([]);
  });

  it('asked for twice at once happens once', async () => {
    const id = await mixed();
    const both = await Promise.allSettled([
      heart.a.replays.replay({ messageId: id, includeUnknown: false, actor }),
      heart.b.replays.replay({ messageId: id, includeUnknown: false, actor }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(messageOf(heart, id)).resolves.toMatchObject({ delivery_count: 4 });
  });

  it('of a replay goes on counting', async () => {
    const { id } = await heart.accept(['a']);
    for (const no of [1, 2, 3]) {
      await heart.a.outcomes.write(failedOutcome(await claimed(heart.a, id, no)));
      await replay(id);
    }
    await expect(attemptsOf(heart, id, 3)).resolves.toHaveLength(1);
    await expect(claimed(heart.a, id, 4)).resolves.toMatchObject({ no: 4, kind: 'replay' });
  });

  it('does not disturb an answer that comes late for the old delivery', async () => {
    const { id } = await heart.accept(['a'], { template: hold });
    const late = await claimed(heart.a, id);
    await heart.query(`UPDATE delivery SET lease_until = now() - interval '1 s' WHERE message_id = $1`, [id]);
    await heart.b.sweep.endLapsedLeases(10);
    await replay(id, true);
    await heart.a.outcomes.write(sentOutcome(late, 'late'));
    await expect(deliveryOf(heart, id, 1)).resolves.toMatchObject({ status: 'sent', reason: 'late_answer' });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['pending']);
  });
});

describe('resolving what nobody knows', () => {
  const resolve = (messageId: string, as: 'sent' | 'failed' | 'resend', deliveryNo?: number) =>
    heart.a.resolves.resolve({ messageId, as, actor, note: 'asked', ...(deliveryNo !== undefined && { deliveryNo }) });

  it.each([
    ['sent', 'partial', { n_sent: 4, n_unknown: 0 }],
    ['failed', 'partial', { n_failed: 4, n_unknown: 0 }],
  ] as const)('as %s settles delivery, recipients and message', async (as, status, counters) => {
    const id = await mixed();
    await resolve(id, as);
    await expect(deliveryOf(heart, id, 3)).resolves.toMatchObject({ status: as, reason: 'resolved_by_operator' });
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status, ...counters });
    await expect(eventsOf(id)).resolves.toEqual([
      { event: 'resolved', delivery_no: null, reason: as, data: { actor, note: 'asked' } },
    ]);
  });

  it('as resend adds a delivery for those of unknown outcome only', async () => {
    const id = await mixed();
    await resolve(id, 'resend', 3);
    await expect(deliveryOf(heart, id, 3)).resolves.toMatchObject({ status: 'unknown' });
    await expect(deliveryOf(heart, id, 4)).resolves.toMatchObject({ status: 'accepted', kind: 'replay' });
    await expect(recipientsOf(heart, id)).resolves.toEqual([
      ...Array(3).fill('sent'),
      ...Array(3).fill('failed content_invalid'),
      'pending',
    ]);
  });

  it.each(['sent', 'failed', 'resend'] as const)('as %s is refused when nothing is unknown', async (as) => {
    const { id } = await heart.accept(['a']);
    await expect(resolve(id, as)).rejects.toMatchObject({ code: 'not_resolvable' });
    await expect(eventsOf(id)).resolves.toEqual([]);
  });

  it('as resend is refused when it has been sent again already', async () => {
    const id = await mixed();
    await resolve(id, 'resend');
    await expect(resolve(id, 'resend')).rejects.toMatchObject({ code: 'not_resolvable' });
  });

  it('leaves an open message open', async () => {
    const { id } = await heart.accept(['a', 'b', 'c', 'd'], { template: hold });
    await heart.a.outcomes.write(unknownOutcome(await claimed(heart.a, id, 1)));
    await resolve(id, 'sent');
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'accepted', open_rows: 1, n_sent: 3 });
  });
});
