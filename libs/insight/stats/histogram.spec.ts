import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { percentile } from './histogram.js';

/** As the database does it. */
const bucketOf = (ms: number): number => Math.ceil((8 * Math.log(Math.max(ms, 1))) / Math.log(2));

function histogramOf(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(bucketOf(value), (counts.get(bucketOf(value)) ?? 0) + 1);
  return counts;
}

describe('a percentile', () => {
  it('is within 4.5 % of the exact one, give or take the rounding to a millisecond', () => {
    const values = fc.array(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(values, fc.constantFrom(0.5, 0.95, 0.99), (all, share) => {
        const exact = [...all].sort((a, b) => a - b)[Math.ceil(share * all.length) - 1] ?? 0;
        const estimate = percentile(histogramOf(all), share) ?? 0;
        expect(Math.abs(estimate - exact)).toBeLessThanOrEqual(exact * 0.045 + 0.5);
      }),
    );
  });

  it('of nothing is none', () => {
    expect(percentile(new Map(), 0.5)).toBeUndefined();
    expect(percentile(new Map([[40, 0]]), 0.5)).toBeUndefined();
  });

  it('of two histograms together is that of their sum', () => {
    const [left, right] = [
      [10, 20, 30],
      [1_000, 2_000, 60_000],
    ];
    const together = histogramOf([...left, ...right]);
    const merged = histogramOf(left);
    for (const [bucket, count] of histogramOf(right)) merged.set(bucket, (merged.get(bucket) ?? 0) + count);
    expect(percentile(merged, 0.95)).toBe(percentile(together, 0.95));
  });
});
