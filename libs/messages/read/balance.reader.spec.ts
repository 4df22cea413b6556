import { describe, expect, it } from '@jest/globals';
import { balanceOf } from './balance.reader.js';

describe('balanceOf', () => {
  it('balances when both counts and the accepted rows agree', () => {
    const counts = { inFlight: 2, sent: 7, suppressed: 1 };
    const balance = balanceOf({ messages: 4, accepted: 10, counters: counts, rows: counts });
    expect(balance).toMatchObject({ messages: 4, accepted: 10, balanced: true, rows: { sent: 7, failed: 0 } });
    expect(new Set(Object.values(balance.difference))).toEqual(new Set([0]));
  });

  it('names the state in which a row is missing', () => {
    const balance = balanceOf({ messages: 1, accepted: 3, counters: { sent: 3 }, rows: { sent: 2 } });
    expect(balance).toMatchObject({ balanced: false, difference: { accepted: -1, sent: -1, failed: 0 } });
  });

  it('sees a row that is in another state than its message says', () => {
    const balance = balanceOf({ messages: 1, accepted: 1, counters: { sent: 1 }, rows: { unknown: 1 } });
    expect(balance).toMatchObject({ balanced: false, difference: { accepted: 0, sent: -1, unknown: 1 } });
  });
});
