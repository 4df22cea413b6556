import { describe, expect, it } from '@jest/globals';
import type { ChannelDefinition } from '#libs/channels';
import { checkLimits } from './account-limits.js';

const channel = { limits: [{ key: 'messagesPerMinute' }] } as unknown as ChannelDefinition;

describe('checking the limits of an account', () => {
  it("takes the channel's limits, contract limits, and null to switch one off", () => {
    expect(checkLimits(channel, { messagesPerMinute: 5, dailyPersonTimes: 20_000, monthlyCalls: null })).toEqual([]);
    expect(checkLimits(channel, undefined)).toEqual([]);
  });

  it('refuses unknown names and anything but whole numbers from 1', () => {
    const faults = checkLimits(channel, {
      'per/hour': 1,
      messagesPerMinute: 0,
      monthlyCalls: 1.5,
      dailyPersonTimes: '5',
    });
    expect(faults.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/limits/per~1hour', 'unknown_field'],
      ['/limits/messagesPerMinute', 'invalid_value'],
      ['/limits/monthlyCalls', 'invalid_value'],
      ['/limits/dailyPersonTimes', 'invalid_value'],
    ]);
  });
});
