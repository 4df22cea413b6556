/** Buckets per doubling. */
const PER_OCTAVE = 8;

/** How many were in each bucket, by its number. Histograms of different groups and times add up bucket by bucket. */
export type Histogram = ReadonlyMap<number, number>;

/** The geometric middle of a bucket, in ms: off by at most a sixteenth of an octave, 4.5 %, from any value in it. */
const middleOf = (bucket: number): number => (bucket <= 0 ? 1 : 2 ** ((bucket - 0.5) / PER_OCTAVE));

/** The value that a share of all does not exceed, in ms within 4.5 %; undefined when there is none. */
export function percentile(histogram: Histogram, share: number): number | undefined {
  const buckets = [...histogram].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  let below = 0;
  for (const [bucket, count] of buckets) {
    below += count;
    if (below >= share * total) return Math.round(middleOf(bucket));
  }
  return undefined;
}
