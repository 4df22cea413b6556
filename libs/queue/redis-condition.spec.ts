import { describe, expect, it } from '@jest/globals';
import { conditionOf } from './redis-condition.js';

const makeInfo = (fields: Record<string, string | number> = {}): string => {
  const all = { redis_version: '7.0.15', used_memory: 100, maxmemory: 0, maxmemory_policy: 'noeviction', ...fields };
  return ['# Server', ...Object.entries(all).map(([name, value]) => `${name}:${value}`)].join('\r\n');
};

describe('conditionOf', () => {
  it.each(['6.2.0', '7.0.15', '10.1.0'])('is content with Redis %s', (version) => {
    expect(conditionOf(makeInfo({ redis_version: version }))).toEqual({ state: 'up' });
  });

  it.each(['5.0.14', '6.0.20'])('finds Redis %s too old', (version) => {
    expect(conditionOf(makeInfo({ redis_version: version }))).toMatchObject({
      state: 'degraded',
      reason: expect.stringContaining(version),
    });
  });

  it('names an eviction policy that may drop jobs', () => {
    expect(conditionOf(makeInfo({ maxmemory_policy: 'allkeys-lru' }))).toMatchObject({
      state: 'degraded',
      reason: expect.stringContaining('allkeys-lru'),
    });
  });

  it('warns from 60 % of maxmemory', () => {
    expect(conditionOf(makeInfo({ maxmemory: 1_000, used_memory: 599 }))).toEqual({ state: 'up' });
    expect(conditionOf(makeInfo({ maxmemory: 1_000, used_memory: 600 }))).toMatchObject({
      state: 'degraded',
      reason: expect.stringContaining('60 %'),
    });
  });
});
