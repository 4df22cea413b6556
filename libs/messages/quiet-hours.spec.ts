import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { QuietHours } from '#libs/templates';
import { quietUntil } from './quiet-hours.js';

const quiet = (from: string, to: string, timeZone = 'Asia/Shanghai'): QuietHours => ({
  from,
  to,
  timeZone,
  action: 'delay',
  highBypasses: false,
});

const until = (hours: QuietHours, now: string): string | undefined => quietUntil(hours, new Date(now))?.toISOString();

const wallClock = (instant: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant);

describe('quiet hours', () => {
  it('end where the wall clock of their zone says, also beyond midnight', () => {
    const night = quiet('22:00', '08:00');
    expect(until(night, '2026-11-22T14:00:00.000Z')).toBe('2026-11-23T00:00:00.000Z');
    expect(until(night, '2026-11-22T17:30:00.000Z')).toBe('2026-11-23T00:00:00.000Z');
    expect(until(night, '2026-11-22T23:59:59.999Z')).toBe('2026-11-23T00:00:00.000Z');
  });

  it('include their first minute and not their last instant', () => {
    const noon = quiet('12:00', '13:30');
    expect(until(noon, '2026-11-22T03:59:59.999Z')).toBeUndefined();
    expect(until(noon, '2026-11-22T04:00:00.000Z')).toBe('2026-11-22T05:30:00.000Z');
    expect(until(noon, '2026-11-22T05:30:00.000Z')).toBeUndefined();
  });

  it('are none when they begin where they end', () => {
    expect(until(quiet('08:00', '08:00'), '2026-11-22T00:00:00.000Z')).toBeUndefined();
  });

  it('may end at midnight', () => {
    expect(until(quiet('21:00', '00:00', 'UTC'), '2026-11-22T23:15:00.000Z')).toBe('2026-11-23T00:00:00.000Z');
  });

  it('know zones that are off by half an hour', () => {
    expect(until(quiet('22:00', '07:00', 'Asia/Kolkata'), '2026-11-22T17:00:00.000Z')).toBe('2026-11-23T01:30:00.000Z');
  });

  it('are an hour shorter in the night when summer time begins, and an hour longer when it ends', () => {
    const night = quiet('22:00', '08:00', 'Europe/Berlin');
    expect(until(night, '2026-03-28T21:00:00.000Z')).toBe('2026-03-29T06:00:00.000Z');
    expect(until(night, '2026-10-24T20:00:00.000Z')).toBe('2026-10-25T07:00:00.000Z');
  });

  it('end with the jump when the clock jumps over their end', () => {
    const night = quiet('22:00', '02:30', 'Europe/Berlin');
    expect(until(night, '2026-03-28T22:00:00.000Z')).toBe('2026-03-29T01:00:00.000Z');
    expect(until(night, '2026-03-29T00:30:00.000Z')).toBe('2026-03-29T01:00:00.000Z');
  });

  it('end at the first of two equal times when the clock is put back', () => {
    const night = quiet('22:00', '02:30', 'Europe/Berlin');
    expect(until(night, '2026-10-24T21:00:00.000Z')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('always end later than now, outside of themselves, within a day and an hour', () => {
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));
    const zone = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC');
    const instant = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2027-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(time, time, zone, instant, (from, to, timeZone, now) => {
        const hours = quiet(from, to, timeZone);
        const end = quietUntil(hours, now);
        if (!end) return;
        expect(end.getTime()).toBeGreaterThan(now.getTime());
        expect(end.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
        expect(quietUntil(hours, end)).toBeUndefined();
      }),
      { numRuns: 400 },
    );
  });

  it('end where the wall clock shows their end, away from changes of summer time', () => {
    const instant = fc.date({ min: new Date('2026-05-01'), max: new Date('2026-09-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, (now) => {
        const end = quietUntil(quiet('23:10', '06:40', 'Europe/Berlin'), now);
        if (end) expect(wallClock(end, 'Europe/Berlin')).toBe('06:40');
      }),
    );
  });
});
