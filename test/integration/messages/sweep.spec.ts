import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, type JsonValue } from '#libs/core';
import type { Priority, SendRequest } from '#libs/messages';
import { PUBLISH, publishValues } from '../../../libs/messages/sweep/publish.sql.js';
import { makePlan, makeRequest, makeRouteDefinition, makeTemplate } from '../../../libs/messages/testing/factories.js';
import { testChannels } from '../../../libs/messages/testing/test-channels.js';
import { faultsInBooks } from './books.js';
import {
  ambiguousOutcome,
  claimed,
  deliveryOf,
  holdTransaction,
  messageOf,
  recipientsOf,
  startHeart,
  type Heart,
} from './heart.fixture.js';

let heart: Heart;
const PASS = { perPair: 200, total: 1_000, againMs: 10_000, highOnly: false };

beforeAll(async () => {
  heart = await startHeart();
}, 60_000);

beforeEach(async () => {
  await heart.query('TRUNCATE message, delivery, recipient, attempt, event, queue_gate');
  await heart.query(`UPDATE account SET status = 'active', blocked_until = NULL, breaker_until = NULL`);
});

afterEach(() => expect(faultsInBooks(heart)).resolves.toEqual([]));

afterAll(() => heart.stop());

const take = async (changes: Partial<typeof PASS> = {}): Promise<string[]> =>
  (await heart.a.sweep.takeDue({ ...PASS, ...changes })).map(({ messageId }) => messageId);

async function acceptFor(
  callerId: string,
  changes: Partial<Omit<SendRequest, 'recipients'>> = {},
  recipients: readonly JsonValue[] = ['a'],
): Promise<string> {
  const plan = await makePlan(makeRequest(recipients, changes), { callerId });
  await heart.a.accept.insert([{ plan, published: false }]);
  return plan.id;
}

describe('the sweep', () => {
  it('publishes what was never published, under a number of its own', async () => {
    const { id } = await heart.accept(['a'], { priority: 'high' });
    await expect(heart.a.sweep.takeDue(PASS)).resolves.toEqual([
      { messageId: id, deliveryNo: 1, fence: 0, publishNo: 1, priority: 'high' },
    ]);
  });

  it('publishes again what nobody claimed, not before its time', async () => {
    const { id } = await heart.accept(['a']);
    await expect(take()).resolves.toEqual([id]);
    await expect(take()).resolves.toEqual([]);
    await heart.query('UPDATE delivery SET publish_at = now()');
    await expect(heart.b.sweep.takeDue(PASS)).resolves.toMatchObject([{ messageId: id, publishNo: 2 }]);
  });

  it('takes a delivery once, though two processes sweep at once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => heart.accept(['a'])));
    const passes = await Promise.all(
      [heart.a, heart.b, heart.a, heart.b].map(({ sweep }) => sweep.takeDue({ ...PASS, perPair: 20 })),
    );
    const taken = passes.flat().map(({ messageId }) => messageId);
    expect(new Set(taken).size).toBe(taken.length);
  });

  it('locks what it publishes and nothing else', async () => {
    for (let count = 0; count < 3; count += 1) await heart.accept(['a']);
    const pass = publishValues({ ...PASS, total: 1 }, testChannels().list(), true);
    const held = await holdTransaction(heart.b, (sql) => sql.query(PUBLISH, pass));
    await expect(heart.query('SELECT FROM delivery FOR UPDATE SKIP LOCKED')).resolves.toHaveLength(2);
    await held.commit();
  });

  it('tells when it has completed a pass', async () => {
    await heart.query(`UPDATE sweep_pass SET passed_at = now() - interval '1 minute'`);
    await expect(heart.b.sweep.ageMs()).resolves.toBeGreaterThanOrEqual(60_000);
    await heart.a.sweep.notePass();
    await expect(heart.b.sweep.ageMs()).resolves.toBeLessThan(60_000);
  });

  it('never publishes before the time of a delivery', async () => {
    await heart.accept(['a'], { sendAt: new Date(Date.now() + 60_000) });
    await expect(take()).resolves.toEqual([]);
    await expect(heart.a.sweep.nextDueInMs()).resolves.toBeGreaterThan(55_000);
  });

  it('knows of no next time when nothing waits', async () => {
    await expect(heart.a.sweep.nextDueInMs()).resolves.toBeUndefined();
  });

  it('leaves alone what is being sent or has ended', async () => {
    const sending = await heart.accept(['a']);
    await claimed(heart.a, sending.id);
    const canceled = await heart.accept(['a']);
    await heart.a.cancels.cancelWaiting([canceled.id], 'canceled_by_caller');
    await expect(take()).resolves.toEqual([]);
  });

  it('has what the queue did not take again in a second', async () => {
    const { id } = await heart.accept(['a']);
    const refs = await heart.a.sweep.takeDue(PASS);
    await heart.a.sweep.giveBack(refs);
    const next = (await heart.a.sweep.nextDueInMs()) ?? 0;
    expect(next).toBeLessThanOrEqual(1_000);
    expect(next).toBeGreaterThan(0);
    await expect(claimed(heart.a, id)).resolves.toMatchObject({ fence: 1 });
  });

  it.each([
    ['the account is paused', `UPDATE account SET status = 'paused'`, `UPDATE account SET status = 'active'`],
    [
      'the vendor blocks the account',
      `UPDATE account SET blocked_until = now() + interval '1 minute'`,
      `UPDATE account SET blocked_until = now()`,
    ],
    [
      'the breaker is open',
      `UPDATE account SET breaker_until = now() + interval '1 minute'`,
      `UPDATE account SET breaker_until = now()`,
    ],
    [
      'the queue of the channel is paused',
      `INSERT INTO queue_gate (channel, paused) VALUES ('letter', true)`,
      `UPDATE queue_gate SET paused = false`,
    ],
  ])('publishes nothing while %s, and everything in the first pass afterwards', async (_case, close, open) => {
    const { id } = await heart.accept(['a']);
    const elsewhere = await heart.accept(['a'], { template: makeTemplate({ routes: [makeRouteDefinition('note')] }) });
    await heart.query(close.includes('UPDATE') ? `${close} WHERE code = 'letter-1'` : close);
    await expect(take()).resolves.toEqual([elsewhere.id]);
    await heart.query(open);
    await expect(take()).resolves.toEqual([id]);
  });

  it('expires behind closed gates', async () => {
    const { id } = await heart.accept(['a']);
    await heart.query(`UPDATE account SET status = 'paused'`);
    await heart.query('UPDATE delivery SET expire_at = now()');
    await expect(heart.a.sweep.expire(10)).resolves.toBe(1);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'expired', reason: 'expired' });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['expired expired']);
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'expired', n_expired: 1, reason: 'expired' });
  });

  it('does not call expired what may have arrived', async () => {
    const { id } = await heart.accept(['a']);
    await heart.a.outcomes.write(ambiguousOutcome(await claimed(heart.a, id), 60_000));
    await heart.query('UPDATE delivery SET expire_at = now()');
    await expect(heart.a.sweep.expire(10)).resolves.toBe(1);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'unknown', reason: 'connection_lost' });
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'unknown', n_expired: 0, n_unknown: 1 });
  });

  it('does not expire what is being sent', async () => {
    const { id } = await heart.accept(['a']);
    await claimed(heart.a, id);
    await heart.query('UPDATE delivery SET expire_at = now()');
    await expect(heart.a.sweep.expire(10)).resolves.toBe(0);
  });
});

describe('the order in which the sweep publishes', () => {
  const callers = Array.from({ length: 4 }, () => newId());
  const [busy = '', ...others] = callers;

  it('is by priority before everything else', async () => {
    const ids = new Map<Priority, string>();
    for (const priority of ['low', 'normal', 'high'] as const) ids.set(priority, await acceptFor(busy, { priority }));
    await expect(take({ total: 1 })).resolves.toEqual([ids.get('high')]);
    await expect(take({ total: 1 })).resolves.toEqual([ids.get('normal')]);
    await expect(take({ total: 1 })).resolves.toEqual([ids.get('low')]);
  });

  it('takes only high priority when the queue is full for the others', async () => {
    await acceptFor(busy);
    const urgent = await acceptFor(busy, { priority: 'high' });
    await expect(take({ highOnly: true })).resolves.toEqual([urgent]);
  });

  it('is by age within a priority', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.push(await acceptFor(busy));
    await expect(take({ total: 3 })).resolves.toEqual(expect.arrayContaining(ids.slice(0, 3)));
  });

  it('gives every caller and account its turn: nobody waits behind the campaign of another', async () => {
    for (let index = 0; index < 20; index += 1) await acceptFor(busy);
    const small = await Promise.all(others.map((callerId) => acceptFor(callerId)));
    const taken = await take({ total: 6 });
    expect(taken).toHaveLength(6);
    expect(taken).toEqual(expect.arrayContaining(small));
  });

  it('takes no more of one pair than its share, whatever the priorities', async () => {
    for (const priority of ['high', 'normal', 'low'] as const) {
      for (let index = 0; index < 4; index += 1) await acceptFor(busy, { priority });
    }
    await expect(take({ perPair: 5 })).resolves.toHaveLength(5);
  });
});
