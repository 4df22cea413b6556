import { describe, expect, it } from '@jest/globals';
import type { AppliedLimit } from './applied-limits.js';
import { EMPTY_ROW, endOfPeriod, exhaustedAt, freeAt, usedIn, type LedgerRow } from './limit-usage.js';

const now = new Date('2026-11-22T02:00:00.000Z');
const before = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
const inSeconds = (at: Date): number => Math.round((at.getTime() - now.getTime()) / 1000);

const makeLimit = (changes: Partial<AppliedLimit> = {}): AppliedLimit => ({
  key: 'x',
  label: { zh: '限', en: 'Limit' },
  scope: 'account',
  period: 'rolling',
  windowSeconds: 60,
  max: 3,
  reserve: 0,
  countsPeople: false,
  ...changes,
});

const makeRow = (changes: Partial<LedgerRow>): LedgerRow => ({ ...EMPTY_ROW, ...changes });
const chinaDay = Math.floor((now.getTime() + 8 * 3_600_000) / 86_400_000);

describe('a window that remembers its calls', () => {
  const row = makeRow({ calls: [before(70), before(50), before(40), before(10)] });

  it('holds those of the window and a second more', () => {
    expect(usedIn(row, makeLimit(), now)).toBe(3);
    expect(usedIn(makeRow({ calls: [before(60.9)] }), makeLimit(), now)).toBe(1);
    expect(usedIn(makeRow({ calls: [before(61)] }), makeLimit(), now)).toBe(0);
  });

  it('has room again when its oldest calls leave it, one for each who waits', () => {
    expect(freeAt(row, makeLimit({ max: 4 }), 4, now)).toEqual(now);
    expect([1, 2, 3].map((rank) => inSeconds(freeAt(row, makeLimit(), 3, now, rank)))).toEqual([11, 21, 51]);
  });

  it('has room for later ones a window later', () => {
    expect([4, 5].map((rank) => inSeconds(freeAt(row, makeLimit(), 3, now, rank)))).toEqual([72, 82]);
  });
});

describe('a large window', () => {
  const hour = makeLimit({ windowSeconds: 3600, max: 100 });
  const part = Math.floor(now.getTime() / 600_000);
  const row = makeRow({
    keys: ['x', 'x', 'y', 'x'],
    slots: [part - 7, part - 6, part, String(part)],
    counts: [9, 60, 5, 40],
  });

  it('counts the part under way and the six before it', () => {
    expect(usedIn(row, hour, now)).toBe(100);
  });

  it('has room when the oldest part has left it as a whole', () => {
    expect(inSeconds(freeAt(row, hour, 100, now))).toBe(600);
    expect(inSeconds(freeAt(row, hour, 100, now, 61))).toBe(4200);
  });

  it('holds at least the calls that are remembered', () => {
    const calls = Array.from({ length: 50 }, () => before(100));
    expect(usedIn(makeRow({ calls }), hour, now)).toBe(50);
  });
});

describe('a window of the calendar', () => {
  const day = makeLimit({ period: 'day', windowSeconds: 86_400, max: 10, countsPeople: true });
  const row = makeRow({ keys: ['x', 'x'], slots: [chinaDay - 1, chinaDay], counts: [7, 5], calls: [before(1)] });

  it('begins anew at midnight in China, and with the month', () => {
    expect(usedIn(row, day, now)).toBe(5);
    expect(endOfPeriod('day', now)).toEqual(new Date('2026-11-22T16:00:00.000Z'));
    expect(endOfPeriod('month', now)).toEqual(new Date('2026-11-30T16:00:00.000Z'));
    expect(endOfPeriod('month', new Date('2026-12-31T17:00:00.000Z'))).toEqual(new Date('2027-01-31T16:00:00.000Z'));
    expect(freeAt(row, day, 5, now)).toEqual(new Date('2026-11-22T16:00:00.000Z'));
  });

  it('tells when it is used up at the pace so far, and nothing when it lasts', () => {
    // Ten hours into the day, half of it is used: twenty hours at this pace.
    expect(exhaustedAt(row, day, now)).toEqual(new Date('2026-11-22T12:00:00.000Z'));
    expect(exhaustedAt(row, { ...day, max: 100 }, now)).toBeUndefined();
    expect(exhaustedAt(row, { ...day, max: 5 }, now)).toBeUndefined();
    expect(exhaustedAt(row, makeLimit(), now)).toBeUndefined();
  });
});
