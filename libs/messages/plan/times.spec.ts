import { describe, expect, it } from '@jest/globals';
import { checkTimes } from './times.js';

const NOW = new Date('2026-11-22T02:00:00.000Z');
const DAY_MS = 86_400_000;
const inDays = (days: number, ms = 0): Date => new Date(NOW.getTime() + days * DAY_MS + ms);

const codes = (times: Parameters<typeof checkTimes>[0]): string[] =>
  checkTimes(times, NOW).map(({ code, pointer }) => `${pointer} ${code}`);

describe('the times of a message', () => {
  it('may be absent, in the past for sendAt, and up to 90 days ahead', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ sendAt: inDays(-1) })).toEqual([]);
    expect(codes({ sendAt: inDays(90) })).toEqual([]);
    expect(codes({ sendAt: inDays(1), expireAt: inDays(2) })).toEqual([]);
  });

  it('may not lie further ahead', () => {
    expect(codes({ sendAt: inDays(90, 1) })).toEqual(['/sendAt too_far_ahead']);
  });

  it('may not be over before the message could be sent', () => {
    expect(codes({ expireAt: NOW })).toEqual(['/expireAt already_expired']);
    expect(codes({ sendAt: inDays(2), expireAt: inDays(2) })).toEqual(['/expireAt expires_before_sending']);
  });

  it('are all told at once', () => {
    expect(codes({ sendAt: inDays(91), expireAt: inDays(-1) })).toEqual([
      '/sendAt too_far_ahead',
      '/expireAt already_expired',
    ]);
  });
});
