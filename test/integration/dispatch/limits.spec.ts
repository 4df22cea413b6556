import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { LimitDefinition } from '#libs/channels';
import { RetryableDeliveryError, AmbiguousDeliveryError } from '#libs/core';
import type { MessagePlan } from '#libs/messages';
import { makeRouteDefinition } from '../../../libs/messages/testing/factories.js';
import { faultsInBooks, faultsInMoves, recordMoves } from '../messages/books.js';
import { faultsInFigures } from '../insight/figures.js';
import { DispatchSystem } from './dispatch.fixture.js';

const label = { zh: '限', en: 'Limit' };
const LIMITS: readonly LimitDefinition[] = [
  { key: 'perMinute', label, scope: 'account', limit: 4, windowSeconds: 60 },
  { key: 'personPerMinute', label, scope: 'person', limit: 2, windowSeconds: 60 },
  { key: 'personContentPerDay', label, scope: 'person_content', limit: 1, windowSeconds: 86_400 },
];
const PASS = { perPair: 200, total: 1_000, againMs: 10_000, highOnly: false };
const ONLY_ACCOUNT = { personPerMinute: null, personContentPerDay: null };
const ONLY_PERSON = { perMinute: null, personContentPerDay: null };
const ONLY_CONTENT = { perMinute: null, personPerMinute: null };

let system: DispatchSystem;

beforeAll(async () => {
  system = await DispatchSystem.start(LIMITS);
  await recordMoves(system);
}, 60_000);

beforeEach(() => system.query('TRUNCATE message, delivery, recipient, attempt, event, limit_window, stat_delta'));

afterEach(async () => {
  await expect(faultsInFigures(system)).resolves.toEqual([]);
  await expect(faultsInBooks(system)).resolves.toEqual([]);
  await expect(faultsInMoves(system)).resolves.toEqual([]);
});

afterAll(() => system.stop());

/** The account's own limits, at once. */
async function limit(limits: Readonly<Record<string, number | null>>): Promise<void> {
  await system.query(`UPDATE account SET limits = $1 WHERE code = 'letter-1'`, [JSON.stringify(limits)]);
  await system.openGates();
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

async function acceptMany(count: number, priority: 'high' | 'normal' = 'normal'): Promise<MessagePlan[]> {
  const template = await system.addTemplate();
  const plans: MessagePlan[] = [];
  for (const _ of numbers(count)) plans.push(await system.acceptOf(template, ['a'], { priority }));
  return plans;
}

const dispatchAll = (plans: readonly { id: string }[]): Promise<unknown> =>
  Promise.all(plans.map((plan) => system.dispatch(plan)));

async function statusesOf(plans: readonly { id: string }[]): Promise<string> {
  const views = await Promise.all(plans.map((plan) => system.read(plan)));
  return views.map(({ status }) => (status === 'sent' ? 's' : status === 'scheduled' ? '.' : status)).join('');
}

async function passMinute(): Promise<void> {
  await system.query(`UPDATE limit_window SET calls = ARRAY(SELECT c - interval '61 s' FROM unnest(calls) AS c)`);
  await system.query(`UPDATE delivery SET next_attempt_at = now() WHERE status = 'scheduled'`);
}

const released = async (): Promise<{ id: string }[]> =>
  (await system.sweep.takeDue(PASS)).map(({ messageId }) => ({ id: messageId }));

describe('an account at its limit', () => {
  beforeEach(() => limit({ ...ONLY_ACCOUNT, highReserve: 0 }));

  it('sends what it may; the rest waits in order and uses no attempt', async () => {
    const plans = await acceptMany(10);
    await dispatchAll(plans);
    await expect(statusesOf(plans)).resolves.toBe('ssss......');
    const last = await system.read(plans[9] ?? { id: '' });
    expect(last.deliveries).toMatchObject([
      { status: 'scheduled', reason: 'rate_limited', attempts: 0, nextAttemptAt: expect.any(String) },
    ]);
    await expect(system.attempts(plans[9] ?? { id: '' })).resolves.toEqual([]);
    await expect(released()).resolves.toEqual([]);
  });

  it('is let go as many as have slots, the oldest first, each once', async () => {
    const plans = await acceptMany(10);
    await dispatchAll(plans);
    await passMinute();
    const first = await released();
    expect(first).toEqual(plans.slice(4, 8).map(({ id }) => ({ id })));
    await expect(released()).resolves.toEqual([]);
    await dispatchAll(first);
    await expect(statusesOf(plans)).resolves.toBe('ssssssss..');
    await passMinute();
    await dispatchAll(await released());
    await expect(statusesOf(plans)).resolves.toBe('ssssssssss');
  });

  it('is let go by one pass at a time', async () => {
    await dispatchAll(await acceptMany(20));
    await passMinute();
    const passes = await Promise.all(numbers(6).map(released));
    expect(passes.flat()).toHaveLength(4);
  });

  it('gives slots away that come free before the next pass, one after the other', async () => {
    const plans = await acceptMany(10);
    await dispatchAll(plans);
    await system.query(`UPDATE limit_window SET calls = ARRAY(SELECT now() - interval '60.8 s' FROM unnest(calls))`);
    await system.query(`UPDATE delivery SET next_attempt_at = now() + interval '0.2 s' WHERE status = 'scheduled'`);
    await expect(released()).resolves.toEqual([]);
    const refs = await system.sweep.takeDue({ ...PASS, aheadMs: 750 });
    expect(refs.map(({ messageId }) => messageId)).toEqual(plans.slice(4, 8).map(({ id }) => id));
    const [first = 0, ...others] = refs.map(({ inMs = 0 }) => inMs);
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThanOrEqual(200);
    others.forEach((inMs, index) => expect(inMs).toBeCloseTo(first + 100 * (index + 1), 0));
    await expect(system.sweep.takeDue({ ...PASS, aheadMs: 750 })).resolves.toEqual([]);
  });

  it('lets nobody overtake those who wait', async () => {
    const waiting = await acceptMany(6);
    await dispatchAll(waiting);
    await passMinute();
    const [late] = await acceptMany(1);
    await dispatchAll([late ?? { id: '' }]);
    await expect(statusesOf([late ?? { id: '' }])).resolves.toBe('.');
    const next = await released();
    expect(next).toEqual([...waiting.slice(4), ...(late ? [late] : [])].map(({ id }) => ({ id })));
    await dispatchAll(next);
    await expect(statusesOf([...waiting, ...(late ? [late] : [])])).resolves.toBe('sssssss');
  });

  it('keeps its slots for older messages whose jobs are still on their way', async () => {
    const plans = await acceptMany(6);
    await system.query(`UPDATE delivery SET publish_no = 1, publish_at = now() + interval '10 s'`);
    await dispatchAll(plans.slice(4));
    await expect(statusesOf(plans.slice(4))).resolves.toBe('..');
    await dispatchAll(plans.slice(0, 4));
    await dispatchAll(await released());
    await expect(statusesOf(plans)).resolves.toBe('ssss..');
  });

  it('lets high priority go first, and through its reserve', async () => {
    await limit({ ...ONLY_ACCOUNT, perMinute: 10, highReserve: 50 });
    const normal = await acceptMany(8);
    await dispatchAll(normal);
    await expect(statusesOf(normal)).resolves.toBe('sssss...');
    const high = await acceptMany(2, 'high');
    await dispatchAll(high);
    await expect(statusesOf(high)).resolves.toBe('ss');
  });

  it('has its slot back when the vendor was not reached', async () => {
    const plans = await acceptMany(4);
    system.vendor.arrange(...numbers(4).map(() => new RetryableDeliveryError('connect_failed', 'x', false)));
    await dispatchAll(plans);
    const [other] = await acceptMany(1);
    await dispatchAll([other ?? { id: '' }]);
    await expect(statusesOf(other ? [other] : [])).resolves.toBe('s');
  });
});

describe('a person at the limit', () => {
  it('waits in a delivery of its own, while the others are sent to', async () => {
    await limit(ONLY_PERSON);
    const template = await system.addTemplate({
      dedupe: { content: { windowSeconds: 300, limit: 9 }, frequency: null },
    });
    for (const _ of numbers(2)) await system.dispatch(await system.acceptOf(template, ['a']));
    const plan = await system.acceptOf(template, ['A', 'b', 'c']);
    await system.dispatch(plan);
    await expect(system.read(plan)).resolves.toMatchObject({
      status: 'sending',
      deliveryCount: 2,
      deliveries: [
        { no: 1, kind: 'first', status: 'sent', attempts: 1 },
        { no: 2, kind: 'split', status: 'scheduled', reason: 'rate_limited', attempts: 0 },
      ],
    });
    expect(system.vendor.sent.at(-1)?.addressees.map(({ id }) => id)).toEqual(['b', 'c']);
    await passMinute();
    await system.dispatch(plan, 2);
    await expect(system.read(plan)).resolves.toMatchObject({ status: 'sent', counts: { sent: 3 } });
  });

  it('takes along where the delivery may fall back to', async () => {
    await limit(ONLY_PERSON);
    const template = await system.addTemplate({
      routes: [makeRouteDefinition('letter'), makeRouteDefinition('note')],
      fallback: { on: ['failed'], afterSeconds: 600 },
    });
    for (const _ of numbers(2)) await system.dispatch(await system.acceptOf(template, ['a']));
    const plan = await system.acceptOf(template, ['a', 'b']);
    await system.dispatch(plan);
    const rows = await system.query<{ fallback: unknown }>(
      'SELECT fallback FROM delivery WHERE message_id = $1 ORDER BY no',
      [plan.id],
    );
    expect(rows).toHaveLength(2);
    expect(rows[1]?.fallback).toEqual(rows[0]?.fallback);
    expect(rows[1]?.fallback).not.toBeNull();
  });

  it('keeps the delivery whole when nobody else is in it', async () => {
    await limit(ONLY_PERSON);
    const plans = await acceptMany(3);
    for (const plan of plans) await system.dispatch(plan);
    await expect(system.read(plans[2] ?? { id: '' })).resolves.toMatchObject({
      status: 'scheduled',
      deliveryCount: 1,
      deliveries: [{ reason: 'rate_limited', attempts: 0 }],
    });
    await expect(released()).resolves.toEqual([]);
  });

  it('is not split from a message that is being taken back', async () => {
    await limit(ONLY_PERSON);
    await dispatchAll(await acceptMany(2));
    const plan = await system.accept(['a', 'b']);
    const recall = system.dispatch(plan);
    await system.recall(plan);
    await recall;
    const { deliveries = [] } = await system.read(plan);
    expect(deliveries.every(({ status }) => status !== 'scheduled')).toBe(true);
  });

  it('is told when waiting is no use: the vendor would drop it', async () => {
    await limit(ONLY_CONTENT);
    const short = { ttlSeconds: 60 };
    await system.dispatch(await system.accept(['a'], short));
    const plan = await system.accept(['a', 'b'], short);
    await system.dispatch(plan);
    await expect(system.fates(plan)).resolves.toEqual(['suppressed would_be_dropped', 'sent']);
    await expect(system.read(plan)).resolves.toMatchObject({ status: 'sent' });
  });

  it('does not collide with an earlier try of the same message', async () => {
    await limit({ ...ONLY_CONTENT, personPerMinute: 1 });
    const plan = await system.accept(['a'], { routes: [makeRouteDefinition('letter')] });
    system.vendor.arrange(new AmbiguousDeliveryError('connection_lost', 'x'));
    await system.dispatch(plan);
    await system.skipWait(plan);
    await system.dispatch(plan);
    await expect(system.fates(plan)).resolves.toEqual(['sent']);
  });
});

describe('an account that nothing holds back', () => {
  it('is counted all the same, by people and by calls', async () => {
    const notes = { routes: [makeRouteDefinition('note')] };
    const counted = async (): Promise<Readonly<Record<string, number>>> => {
      const { limits } = await system.quota('note-1');
      return Object.fromEntries(limits.map(({ key, used = 0 }) => [key, used]));
    };
    const before = await counted();
    await system.dispatch(await system.accept(['a', 'b', 'c'], notes));
    await system.dispatch(await system.accept([{ department: '7' }], notes));
    const used = Object.entries(await counted()).map(([key, count]) => [key, count - (before[key] ?? 0)]);
    expect(Object.fromEntries(used)).toEqual({ dailyPersonTimes: 4, monthlyCalls: 2, monthlyWebhookMessages: 2 });
  });
});
