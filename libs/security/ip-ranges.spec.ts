import { describe, expect, it } from '@jest/globals';
import { isInRanges, isIpRange } from './ip-ranges.js';

describe('IP ranges', () => {
  it.each([
    ['10.0.3.7', ['10.0.3.0/24'], true],
    ['10.0.4.7', ['10.0.3.0/24'], false],
    ['10.0.4.7', ['10.0.3.0/24', '10.0.4.7'], true],
    ['::ffff:10.0.3.7', ['10.0.3.0/24'], true],
    ['2001:db8::1', ['2001:db8::/32'], true],
    ['2001:db9::1', ['2001:db8::/32', '10.0.0.0/8'], false],
    ['unknown', ['0.0.0.0/0'], false],
    ['10.0.0.1', [], false],
  ])('%s in %j: %s', (address, ranges, expected) => {
    expect(isInRanges(address, ranges)).toBe(expected);
  });

  it.each([
    ['10.0.3.0/24', true],
    ['10.0.3.1', true],
    ['::1', true],
    ['2001:db8::/129', false],
    ['10.0.3.0/33', false],
    ['10.0.3.0/', false],
    ['10.0.3.0/24/1', false],
    ['example.org', false],
  ])('%s is a range: %s', (text, expected) => {
    expect(isIpRange(text)).toBe(expected);
  });
});
