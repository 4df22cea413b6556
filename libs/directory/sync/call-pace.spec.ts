import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { CallPace } from './call-pace.js';

describe('the pace of calls', () => {
  it('spaces them, however many are asked for at once', async () => {
    const pace = new CallPace(50, 8, new AbortController().signal);
    const startedMs = performance.now();
    await Promise.all(Array.from({ length: 6 }, () => pace.run(() => Promise.resolve())));
    // Five gaps of at least 10 ms; timers may be a millisecond early.
    expect(performance.now() - startedMs).toBeGreaterThan(5 * 9);
    expect(pace.calls).toBe(6);
  });

  it('allows as many in any second as there may be, and no more', async () => {
    const pace = new CallPace(19.5, 8, new AbortController().signal);
    const begunMs: number[] = [];
    const call = async (): Promise<void> => void begunMs.push(performance.now());
    await Promise.all(Array.from({ length: 45 }, () => pace.run(call)));
    const gapsMs = begunMs.slice(20).map((atMs, index) => atMs - (begunMs[index] ?? 0));
    expect(Math.min(...gapsMs)).toBeGreaterThan(1_000);
  });

  it('bounds how many are under way, and goes on when one fails', async () => {
    const pace = new CallPace(100_000, 2, new AbortController().signal);
    let running = 0;
    let most = 0;
    const call = async (): Promise<void> => {
      most = Math.max(most, (running += 1));
      await nextTurn();
      running -= 1;
      throw new Error('refused');
    };
    const ends = await Promise.allSettled(Array.from({ length: 7 }, () => pace.run(call)));
    expect([most, ends.filter(({ status }) => status === 'rejected').length]).toEqual([2, 7]);
  });

  it('makes no call after an abort', async () => {
    const stop = new AbortController();
    const pace = new CallPace(1, 1, stop.signal);
    await pace.run(() => Promise.resolve());
    const second = pace.run(() => Promise.resolve());
    stop.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    expect(pace.calls).toBe(1);
  });
});
