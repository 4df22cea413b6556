import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RateLimitedError, RetryableDeliveryError } from '#libs/core';
import type { MessagePlan } from '#libs/messages';
import { faultsInBooks } from '../messages/books.js';
import { DispatchSystem } from './dispatch.fixture.js';

const PASS = { perPair: 200, total: 1_000, againMs: 10_000, highOnly: false };

let system: DispatchSystem;
let other: number;

beforeAll(async () => {
  system = await DispatchSystem.start();
  other = await system.addProcess();
}, 60_000);

beforeEach(async () => {
  await system.query(`TRUNCATE message, delivery, recipient, attempt, event`);
  await system.query(
    `UPDATE account SET blocked_until = NULL, breaker_until = NULL, breaker_opened_at = NULL, breaker_failures = 0,
       throttles = 0`,
  );
  system.forgetAccounts();
});

afterEach(() => expect(faultsInBooks(system)).resolves.toEqual([]));

afterAll(() => system.stop());

const away = () => new RetryableDeliveryError('connect_failed', 'x', false);
const accept = (count: number): Promise<MessagePlan[]> =>
  Promise.all(Array.from({ length: count }, () => system.accept(['a'])));
const acceptOne = (): Promise<MessagePlan> => system.accept(['a']);
function at(plans: readonly MessagePlan[], index: number): MessagePlan {
  const plan = plans[index];
  if (!plan) throw new TypeError('there are fewer messages');
  return plan;
}
const deliveryOf = async (plan: { id: string }) => (await system.read(plan)).deliveries?.[0];
const published = async (): Promise<number> => (await system.sweep.takeDue(PASS)).length;

async function account(): Promise<Record<string, unknown>> {
  const [row] = await system.query<Record<string, unknown>>(
    `SELECT breaker_failures, throttles, breaker_opened_at IS NOT NULL AS open, breaker_until <= now() AS may_probe,
       extract(epoch FROM blocked_until - now()) * 1000 AS blocked_ms FROM account WHERE code = 'letter-1'`,
  );
  return row ?? {};
}

/** A vendor that was not reached five times in a row. */
async function trip(): Promise<void> {
  const plans = await accept(5);
  system.vendor.arrange(...plans.map(away));
  for (const plan of plans) await system.dispatch(plan);
  expect(await account()).toMatchObject({ open: true, may_probe: false });
}

const letProbe = () => system.query(`UPDATE account SET breaker_until = now() WHERE code = 'letter-1'`);

describe('the breaker of an account', () => {
  it('opens after five failures in a row to reach the vendor, and keeps what waits due behind it', async () => {
    const plans = await accept(5);
    system.vendor.arrange(...plans.map(away));
    for (const plan of plans.slice(0, 4)) await system.dispatch(plan);
    await expect(deliveryOf(at(plans, 3))).resolves.toMatchObject({
      status: 'scheduled',
      reason: 'retry',
      attempts: 0,
    });
    expect(await account()).toMatchObject({ open: false, breaker_failures: 4 });
    await system.dispatch(at(plans, 4));
    await expect(deliveryOf(at(plans, 4))).resolves.toMatchObject({ reason: 'breaker_open', attempts: 0 });
    expect(await account()).toMatchObject({ open: true });
  });

  it('counts only failures in a row, over all processes', async () => {
    const plans = await accept(6);
    system.vendor.arrange(...plans.slice(0, 4).map(away));
    for (const [index, plan] of plans.slice(0, 4).entries()) await system.dispatch(plan, 1, index % 2 ? other : 0);
    expect(await account()).toMatchObject({ breaker_failures: 4 });
    await system.dispatch(at(plans, 4), 1, other);
    expect(await account()).toMatchObject({ breaker_failures: 0, open: false });
    system.vendor.arrange(away());
    await system.dispatch(at(plans, 5));
    expect(await account()).toMatchObject({ breaker_failures: 1, open: false });
  });

  it('lets nobody through until a probe is due, calls nobody, and writes no attempt', async () => {
    await trip();
    const calls = system.vendor.sent.length;
    const plan = await acceptOne();
    await system.dispatch(plan, 1, other);
    expect(system.vendor.sent).toHaveLength(calls);
    await expect(deliveryOf(plan)).resolves.toMatchObject({
      status: 'scheduled',
      reason: 'breaker_open',
      attempts: 0,
    });
    await expect(system.attempts(plan)).resolves.toEqual([]);
    await expect(published()).resolves.toBe(0);
  });

  it('publishes one delivery to try, and of several that are claimed at once one is sent', async () => {
    await trip();
    const plans = await accept(4);
    await letProbe();
    await expect(published()).resolves.toBe(1);
    const calls = system.vendor.sent.length;
    system.vendor.arrange(away());
    system.forgetAccounts();
    await Promise.all(plans.map((plan, index) => system.dispatch(plan, 1, index % 2 ? other : 0)));
    expect(system.vendor.sent).toHaveLength(calls + 1);
    expect(await account()).toMatchObject({ open: true, may_probe: false });
  });

  it('keeps no record of probes that found nobody: one message in a long outage does not grow', async () => {
    await trip();
    const plan = await acceptOne();
    const calls = system.vendor.sent.length;
    for (let probe = 0; probe < 3; probe += 1) {
      await letProbe();
      system.forgetAccounts();
      system.vendor.arrange(away());
      await system.dispatch(plan);
    }
    expect(system.vendor.sent).toHaveLength(calls + 3);
    await expect(system.attempts(plan)).resolves.toEqual([]);
    await expect(system.query('SELECT FROM event WHERE message_id = $1', [plan.id])).resolves.toHaveLength(1);
    await expect(deliveryOf(plan)).resolves.toMatchObject({ error: { code: 'connect_failed' } });
  });

  it('closes with the first answer, and everything that waits is published in the next pass', async () => {
    await trip();
    const plan = await acceptOne();
    const rest = await accept(19);
    await letProbe();
    system.forgetAccounts();
    await system.dispatch(plan, 1, other);
    await expect(deliveryOf(plan)).resolves.toMatchObject({ status: 'sent', attempts: 1 });
    expect(await account()).toMatchObject({ open: false, breaker_failures: 0 });
    // Those on which it opened were due all the while, but for the four that had been told to wait before.
    await expect(published()).resolves.toBe(rest.length + 1);
  });
});

describe('a vendor that asks to slow down and does not say for how long', () => {
  const throttled = () => new RateLimitedError('provider_throttled', 'x', undefined, 'account');
  const endBlock = async () => {
    await system.query(`UPDATE account SET blocked_until = now()`);
    system.forgetAccounts();
  };

  it('is left alone for 1, 2 and then 5 seconds, at no attempt', async () => {
    const plan = await acceptOne();
    for (const seconds of [1, 2, 5, 5]) {
      system.vendor.arrange(throttled());
      await system.skipWait(plan);
      await system.dispatch(plan);
      const { blocked_ms: blockedMs } = await account();
      expect(Number(blockedMs)).toBeGreaterThan(seconds * 1_000 - 900);
      expect(Number(blockedMs)).toBeLessThanOrEqual(seconds * 1_000);
      await expect(deliveryOf(plan)).resolves.toMatchObject({ reason: 'rate_limited', attempts: 0 });
      await endBlock();
    }
  });

  it('gets fifty at first when the block is over, and the rest after an answer', async () => {
    const plan = await acceptOne();
    await accept(59);
    system.vendor.arrange(throttled());
    await system.dispatch(plan);
    await endBlock();
    await expect(published()).resolves.toBe(50);
    await system.skipWait(plan);
    await system.dispatch(plan);
    expect(await account()).toMatchObject({ throttles: 0 });
    await expect(published()).resolves.toBe(9);
  });

  it('is blocked once for calls that were under way together', async () => {
    const plans = await accept(3);
    system.vendor.arrange(...plans.map(throttled));
    await Promise.all(plans.map((plan) => system.dispatch(plan)));
    expect(await account()).toMatchObject({ throttles: 1 });
  });
});
