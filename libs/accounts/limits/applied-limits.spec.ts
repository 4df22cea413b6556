import { describe, expect, it } from '@jest/globals';
import type { LimitDefinition } from '#libs/channels';
import { appliedLimits, isCounted, reserveOf } from './applied-limits.js';

const label = { zh: '限', en: 'Limit' };
const minute: LimitDefinition = { key: 'perMinute', label, scope: 'account', limit: 20, windowSeconds: 60 };
const daily: LimitDefinition = { key: 'personPerDay', label, scope: 'person', limit: 500, windowSeconds: 86_400 };
const channel = { limits: [minute, daily] };

const byKey = (limits: Parameters<typeof appliedLimits>[1]) =>
  new Map(appliedLimits(channel, limits).map((limit) => [limit.key, limit]));

describe('the limits of an account', () => {
  it('are those of its channel; ceilings are counted only', () => {
    const limits = byKey({});
    expect(limits.get('perMinute')).toMatchObject({ max: 20, reserve: 2, period: 'rolling' });
    expect(limits.get('personPerDay')).toMatchObject({ max: 500, reserve: 0, period: 'day' });
    expect(limits.get('dailyPersonTimes')).toMatchObject({ max: null, period: 'day', countsPeople: true });
    expect(limits.get('monthlyCalls')).toMatchObject({ max: null, period: 'month' });
  });

  it('give way to its own, and go where it says null', () => {
    const limits = byKey({ perMinute: 60, personPerDay: null, monthlyCalls: 1000 });
    expect(limits.get('perMinute')).toMatchObject({ max: 60, reserve: 6 });
    expect(limits.has('personPerDay')).toBe(false);
    expect(limits.get('monthlyCalls')).toMatchObject({ max: 1000, reserve: 100 });
  });

  it.each([
    [{ highReserve: 50 }, 10],
    [{ highReserve: 0 }, 0],
    [{ highReserve: null }, 0],
    [{ perMinute: 5 }, 1],
    [{ perMinute: 4 }, 0],
  ])('keep of every window what %j says for high priority', (limits, reserve) => {
    expect(byKey(limits).get('perMinute')?.reserve).toBe(reserve);
  });
});

describe('a reserve', () => {
  it('is at least one where five may pass, and never all', () => {
    expect([4, 5, 9, 20, 1000].map((max) => reserveOf(max, 10))).toEqual([0, 1, 1, 2, 100]);
    expect(reserveOf(5, 90)).toBe(4);
  });
});

describe('a window', () => {
  it('is counted in parts when it is large, moves with the calendar, or is not enforced', () => {
    expect(isCounted({ max: 60, period: 'rolling' })).toBe(false);
    expect(isCounted({ max: 61, period: 'rolling' })).toBe(true);
    expect(isCounted({ max: 1, period: 'day' })).toBe(true);
    expect(isCounted({ max: null, period: 'rolling' })).toBe(true);
  });
});
