import { describe, expect, it } from '@jest/globals';
import { Ring } from './ring.js';

describe('Ring', () => {
  it('lists the newest items first and forgets the oldest when it is full', () => {
    const ring = new Ring<number>(3);
    expect([...ring.newestFirst()]).toEqual([]);
    for (const item of [1, 2]) ring.add(item);
    expect([...ring.newestFirst()]).toEqual([2, 1]);
    for (const item of [3, 4, 5]) ring.add(item);
    expect([...ring.newestFirst()]).toEqual([5, 4, 3]);
  });

  it('starts again after clearing', () => {
    const ring = new Ring<number>(2);
    for (const item of [1, 2, 3]) ring.add(item);
    ring.clear();
    ring.add(4);
    expect([...ring.newestFirst()]).toEqual([4]);
  });
});
