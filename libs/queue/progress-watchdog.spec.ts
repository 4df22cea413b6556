import { describe, expect, it } from '@jest/globals';
import { ProgressWatchdog } from './progress-watchdog.js';

function makeWatchdog() {
  const state = { ms: 0, waiting: 0, isAway: false, isFull: false, stuck: 0 };
  const watchdog = new ProgressWatchdog({
    clock: { now: () => new Date(state.ms), monotonicMs: () => state.ms },
    stuckAfterMs: 30_000,
    everyMs: 5_000,
    countWaiting: () => (state.isAway ? Promise.reject(new Error('away')) : Promise.resolve(state.waiting)),
    isFull: () => state.isFull,
    onStuck: () => (state.stuck += 1),
  });
  const runUntil = async (ms: number): Promise<void> => {
    while (state.ms < ms) {
      state.ms += 5_000;
      await watchdog.check();
    }
  };
  return { state, watchdog, runUntil };
}

describe('ProgressWatchdog', () => {
  it('reports a worker that takes nothing for 30 s while jobs wait', async () => {
    const { state, runUntil } = makeWatchdog();
    state.waiting = 1;
    await runUntil(25_000);
    expect(state.stuck).toBe(0);
    await runUntil(30_000);
    expect(state.stuck).toBe(1);
  });

  it('reports again only after another 30 s', async () => {
    const { state, runUntil } = makeWatchdog();
    state.waiting = 1;
    await runUntil(55_000);
    expect(state.stuck).toBe(1);
    await runUntil(60_000);
    expect(state.stuck).toBe(2);
  });

  it('is content as long as jobs are taken', async () => {
    const { state, watchdog, runUntil } = makeWatchdog();
    state.waiting = 1_000;
    await runUntil(20_000);
    watchdog.noteProgress();
    await runUntil(45_000);
    expect(state.stuck).toBe(0);
  });

  it('is content with an empty queue and with a worker whose slots are all taken', async () => {
    const { state, runUntil } = makeWatchdog();
    await runUntil(60_000);
    state.waiting = 1;
    state.isFull = true;
    await runUntil(120_000);
    expect(state.stuck).toBe(0);
  });

  it('gives the worker its full time after an outage of the queue', async () => {
    const { state, runUntil } = makeWatchdog();
    state.waiting = 1;
    await runUntil(25_000);
    state.isAway = true;
    await runUntil(90_000);
    state.isAway = false;
    await runUntil(115_000);
    expect(state.stuck).toBe(0);
    await runUntil(120_000);
    expect(state.stuck).toBe(1);
  });
});
