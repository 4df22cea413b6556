import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { retryDelayMs, unreachableDelayMs } from './retry-schedule.js';

const latest = (): number => 1 - Number.EPSILON;
const ceilings = [1_000, 5_000, 30_000, 120_000, 600_000, 1_800_000];

describe('the wait before a further attempt', () => {
  it('grows from a second to half an hour and stays there', () => {
    const waits = Array.from({ length: 9 }, (_, index) => retryDelayMs(index + 1, latest));
    expect(waits).toEqual([...ceilings, 1_800_000, 1_800_000, 1_800_000]);
  });

  it('is anything from nothing up to the ceiling, so that what failed together does not come back together', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, random) => {
        const wait = retryDelayMs(attempts, () => random);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(ceilings[Math.min(attempts, 6) - 1] ?? 0);
      }),
    );
    expect(retryDelayMs(3, () => 0)).toBe(0);
    expect(retryDelayMs(3, () => 0.5)).toBe(15_000);
  });

  it('is one to five seconds when the provider was not reached at all', () => {
    expect(unreachableDelayMs(() => 0)).toBe(1_000);
    expect(unreachableDelayMs(latest)).toBe(5_000);
  });
});
