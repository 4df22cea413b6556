import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Clock } from '#libs/core';
import type { Identity } from './identity.js';
import { KeyBudget } from './key-budget.js';
import type { Grant, GrantRequest, KeyGrantStore } from './key-grant.store.js';
import type { KeyLimits } from './key-limits.js';

const WINDOW_MS = 60_000;

class ManualClock implements Clock {
  ms = 0;
  now = (): Date => new Date(this.ms);
  monotonicMs = (): number => this.ms;
  advance(ms: number): void {
    this.ms += ms;
  }
}

/** The count that all processes share, kept as the statement keeps it. */
class SharedCount {
  granted = 0;
  window = 1;
  statements = 0;

  constructor(private readonly clock: ManualClock) {}

  take({ limit, need }: GrantRequest): Promise<Grant> {
    this.statements += 1;
    const left = Math.max(0, limit - this.granted);
    const given = left >= need ? Math.min(left, Math.max(need, Math.floor(left / 20))) : 0;
    this.granted += given;
    const endsInMs = WINDOW_MS - (this.clock.monotonicMs() % WINDOW_MS);
    return Promise.resolve({ given, left: left - given, windowStart: new Date(this.window), endsInMs });
  }

  giveBack(_: unknown, windowStart: Date, rest: number): Promise<void> {
    if (windowStart.getTime() === this.window) this.granted -= rest;
    return Promise.resolve();
  }
}

describe('the limits of a key', () => {
  let clock: ManualClock;
  let shared: SharedCount;
  beforeEach(() => {
    clock = new ManualClock();
    shared = new SharedCount(clock);
  });

  const startProcess = (): KeyBudget => new KeyBudget(shared as unknown as KeyGrantStore, clock);
  const keyWith = (limits: KeyLimits): Identity => ({ lineId: 'line-1', limits }) as Identity;
  const perMinute = (limit: number): Identity => keyWith({ requestsPerMinute: limit });

  async function passing(count: number, take: (index: number) => Promise<void>): Promise<number> {
    const outcomes = await Promise.allSettled(Array.from({ length: count }, (_, index) => take(index)));
    return outcomes.filter(({ status }) => status === 'fulfilled').length;
  }

  it('do not hold where they are not set, and cost no statement', async () => {
    const budget = startProcess();
    expect(await passing(50, () => budget.take(keyWith({}), 'requestsPerMinute', 1))).toBe(50);
    expect(shared.statements).toBe(0);
  });

  it.each([1, 7, 100, 1_000])('let exactly %d through, counted over two processes', async (limit) => {
    const processes = [startProcess(), startProcess()];
    const passed = await passing(limit + 50, (index) =>
      (processes[index % 2] ?? startProcess()).take(perMinute(limit), 'requestsPerMinute', 1),
    );
    await Promise.all(processes.map((budget) => budget.beforeApplicationShutdown()));
    expect(passed).toBe(shared.granted);
    expect(passed).toBeLessThanOrEqual(limit);
    expect(passed).toBeGreaterThanOrEqual(Math.floor(limit * 0.9));
  });

  it('need few statements while there is much left', async () => {
    const budget = startProcess();
    expect(await passing(3_000, () => budget.take(perMinute(6_000), 'requestsPerMinute', 1))).toBe(3_000);
    expect(shared.statements).toBeLessThan(20);
  });

  it('tell the limit and when the next window begins', async () => {
    const budget = startProcess();
    clock.advance(45_000);
    await budget.take(perMinute(1), 'requestsPerMinute', 1);
    await expect(budget.take(perMinute(1), 'requestsPerMinute', 1)).rejects.toMatchObject({
      code: 'requests_per_minute_reached',
      retryAfterMs: 15_000,
      meta: { limit: 1 },
    });
  });

  it('begin anew with the next window', async () => {
    const budget = startProcess();
    await budget.take(perMinute(1), 'requestsPerMinute', 1);
    clock.advance(WINDOW_MS);
    Object.assign(shared, { window: 2, granted: 0 });
    await expect(budget.take(perMinute(1), 'requestsPerMinute', 1)).resolves.toBeUndefined();
  });

  it('refuse from memory for a second, then ask again', async () => {
    const budget = startProcess();
    await passing(2, () => budget.take(perMinute(1), 'requestsPerMinute', 1));
    const { statements } = shared;
    expect(await passing(20, () => budget.take(perMinute(1), 'requestsPerMinute', 1))).toBe(0);
    expect(shared.statements).toBe(statements);
    shared.granted = 0;
    clock.advance(1_000);
    await expect(budget.take(perMinute(1), 'requestsPerMinute', 1)).resolves.toBeUndefined();
  });

  it('leave room for a small message when a large one was refused, and take back what was not used', async () => {
    const budget = startProcess();
    const key = keyWith({ recipientsPerDay: 100 });
    await expect(budget.take(key, 'recipientsPerDay', 101)).rejects.toMatchObject({
      code: 'recipients_per_day_reached',
    });
    await budget.take(key, 'recipientsPerDay', 100);
    budget.putBack(key, 'recipientsPerDay', 60);
    expect(await passing(3, () => budget.take(key, 'recipientsPerDay', 30))).toBe(2);
  });
});
