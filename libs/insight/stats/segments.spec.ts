import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { oldestOf, segmentsOf, startOfDay } from './segments.js';

const NOW = new Date('2026-11-20T12:34:56.000Z');
const RETENTION = { minuteDays: 14, hourDays: 400, dayDays: Infinity, timeZone: 'Asia/Shanghai' };

const shown = (from: string, to: string): string[] =>
  segmentsOf({ from: new Date(from), to: new Date(to) }, RETENTION, NOW).map(
    (segment) => `${segment.grain} ${segment.from.toISOString().slice(0, 16)} ${segment.to.toISOString().slice(0, 16)}`,
  );

describe('the segments of a range', () => {
  it('are hours with minutes at the edges', () => {
    expect(shown('2026-11-19T12:34:00Z', '2026-11-20T12:34:56Z')).toEqual([
      'minute 2026-11-19T12:34 2026-11-19T13:00',
      'hour 2026-11-19T13:00 2026-11-20T12:00',
      'minute 2026-11-20T12:00 2026-11-20T12:35',
    ]);
  });

  it('are minutes only within one hour', () => {
    expect(shown('2026-11-20T12:10:00Z', '2026-11-20T12:20:00Z')).toEqual(['minute 2026-11-20T12:10 2026-11-20T12:20']);
  });

  it('begin and end with full hours where minutes are no longer kept', () => {
    expect(shown('2026-10-01T10:20:00Z', '2026-10-01T11:10:00Z')).toEqual(['hour 2026-10-01T10:00 2026-10-01T12:00']);
  });

  it('are days where hours are no longer kept', () => {
    const [first, second] = shown('2024-01-01T00:00:00Z', '2026-11-01T00:00:00Z');
    expect(first).toBe('day 2023-12-31T16:00 2025-10-16T16:00');
    expect(second).toBe('hour 2025-10-16T16:00 2026-11-01T00:00');
  });

  it('are days between the midnights, where days need not be told apart', () => {
    const range = { from: new Date('2026-11-17T12:34:00Z'), to: new Date('2026-11-20T12:00:00Z') };
    const grains = segmentsOf(range, RETENTION, NOW, true).map(({ grain, to }) => `${grain} to ${to.toISOString()}`);
    expect(grains).toEqual([
      'minute to 2026-11-17T13:00:00.000Z',
      'hour to 2026-11-17T16:00:00.000Z',
      'day to 2026-11-19T16:00:00.000Z',
      'hour to 2026-11-20T12:00:00.000Z',
    ]);
    const kolkata = segmentsOf(range, { ...RETENTION, timeZone: 'Asia/Kolkata' }, NOW, true);
    expect(kolkata.map(({ grain }) => grain)).toEqual(['minute', 'hour']);
  });

  it('hold every instant of the range once, whatever it is', () => {
    const instant = fc.date({ min: new Date('2024-01-01'), max: new Date('2026-11-21'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, instant, fc.boolean(), (one, other, isByDay) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        const segments = segmentsOf({ from, to }, RETENTION, NOW, isByDay);
        if (from.getTime() === to.getTime()) return;
        expect(segments[0]?.from.getTime()).toBeLessThanOrEqual(from.getTime());
        expect(segments.at(-1)?.to.getTime()).toBeGreaterThanOrEqual(to.getTime());
        segments.slice(1).forEach((segment, index) => expect(segment.from).toEqual(segments[index]?.to));
      }),
    );
  });
});

describe('a range that nothing was accepted in', () => {
  it('has no segments, however far away it is', () => {
    expect(shown('9999-12-30T00:00:00Z', '9999-12-31T23:59:59Z')).toEqual([]);
    expect(shown('0001-01-01T00:00:00Z', '0002-01-01T00:00:00Z')).toEqual([]);
    expect(shown('0001-01-01T00:00:00Z', '9999-12-31T00:00:00Z').at(0)).toMatch(/^day 1969-12-31T16:00/);
  });
});

describe('the oldest instant', () => {
  it('depends on what is kept', () => {
    expect(oldestOf('minute', RETENTION, NOW).toISOString()).toBe('2026-11-06T14:00:00.000Z');
    expect(oldestOf('day', RETENTION, NOW).getTime()).toBe(0);
  });
});

describe('the start of a day', () => {
  it('is the midnight of the time zone, also on the day when its clocks change', () => {
    const start = (instant: string, timeZone: string): string =>
      new Date(startOfDay(Date.parse(instant), timeZone)).toISOString();
    expect(start('2026-11-20T12:34:56.789Z', 'Asia/Shanghai')).toBe('2026-11-19T16:00:00.000Z');
    expect(start('2026-11-20T12:34:56Z', 'Asia/Kolkata')).toBe('2026-11-19T18:30:00.000Z');
    expect(start('2026-03-29T12:00:00Z', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
    expect(start('2026-10-25T12:00:00Z', 'Europe/Berlin')).toBe('2026-10-24T22:00:00.000Z');
  });
});
