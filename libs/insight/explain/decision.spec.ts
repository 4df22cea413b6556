import { describe, expect, it } from '@jest/globals';
import { REASONS } from '#libs/core';
import { STATION_NAMES, stationOf } from './decision.js';
import { spellingsOf } from './evidence.reader.js';

describe('the station of a reason', () => {
  it('is one of the twelve, called or not', () => {
    for (const { code } of REASONS) {
      for (const wasCalled of [true, false]) {
        expect([code, STATION_NAMES.includes(stationOf(code, wasCalled))]).toEqual([code, true]);
      }
    }
  });

  it.each([
    ['outside_scope', true, 'provider'],
    ['outside_scope', false, 'recipient'],
    ['not_in_directory', false, 'recipient'],
    ['no_identity', false, 'identity'],
    ['content_too_long', false, 'template'],
    ['content_too_long', true, 'provider'],
    ['quiet_hours', false, 'time'],
    ['duplicate_content', false, 'rules'],
    ['no_route', false, 'route'],
    ['rate_limited', false, 'limits'],
    ['credentials_blocked', false, 'credentials'],
    ['ip_not_trusted', true, 'provider'],
    ['retry', true, 'provider'],
    ['receipt_pending', true, 'receipt'],
    ['canceled_by_operator', false, 'request'],
    ['a_reason_of_tomorrow', true, 'provider'],
  ])('%s (called: %s) is %s', (reason, wasCalled, station) => {
    expect(stationOf(reason, wasCalled)).toBe(station);
  });
});

describe('without a directory one person', () => {
  it('is looked for under every spelling of a bare id, the one asked for first', () => {
    expect(spellingsOf('user:Bob')[0]).toBe('user:Bob');
    expect(spellingsOf('user:Bob').length).toBeGreaterThan(2);
    expect(spellingsOf('mobile:13800000000')).toEqual(['mobile:13800000000']);
    expect(spellingsOf('department:12')).toEqual(['department:12']);
  });
});
