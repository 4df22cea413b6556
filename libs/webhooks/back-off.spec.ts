import { describe, expect, it } from '@jest/globals';
import { MAX_TRIES, waitAfter } from './back-off.js';

const DAY_MS = 86_400_000;
const all = (random: number): number[] =>
  Array.from({ length: MAX_TRIES }, (_, index) => waitAfter(index + 1, random)).filter((wait) => wait !== undefined);

describe('the waits between tries', () => {
  it('begin with seconds, only grow, and end after about three days', () => {
    const waits = all(0);
    expect(waits.slice(0, 4)).toEqual([5_000, 30_000, 120_000, 600_000]);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    const total = waits.reduce((sum, wait) => sum + wait, 0);
    expect(total / DAY_MS).toBeGreaterThan(2.5);
    expect(total / DAY_MS).toBeLessThan(3.5);
  });

  it('are over after the last try', () => {
    expect([waitAfter(MAX_TRIES - 1, 0), waitAfter(MAX_TRIES, 0)]).toEqual([DAY_MS, undefined]);
  });

  it('are spread, so that receivers that come back are not met by everybody at once', () => {
    expect(waitAfter(1, 1)).toBe(5_500);
  });
});
