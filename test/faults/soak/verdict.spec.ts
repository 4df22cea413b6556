import { describe, expect, it } from '@jest/globals';
import type { Sample } from './sample.js';
import { growthOf, leaks } from './verdict.js';

const sample = (rssMb: number, handles: number): Sample => ({
  atS: 0,
  processes: { api: { rssMb, heapMb: 50, handles } },
  rows: 0,
  backlog: 0,
  queued: 0,
  accepted: 0,
});

describe('the verdict of a soak', () => {
  it('forgives a process that grows while it warms up', () => {
    const samples = [50, 90, 100, 100, 101, 99, 100, 102, 101].map((rss) => sample(rss, 20));
    expect(leaks(growthOf(samples))).toEqual([]);
  });

  it('sees memory and handles that never stop growing', () => {
    const samples = Array.from({ length: 30 }, (_, index) => sample(100 + 3 * index, 20 + index));
    expect(leaks(growthOf(samples)).map(({ figure }) => figure)).toEqual(['rssMb', 'handles']);
  });
});
