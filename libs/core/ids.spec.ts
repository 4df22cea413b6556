import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { idTime, isUuid, lowestIdAt, newId } from './ids.js';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('newId', () => {
  it('carries version 7 and the variant of RFC 9562', () => {
    for (let count = 0; count < 2_000; count += 1) expect(newId()).toMatch(UUID_V7);
  });

  it('grows strictly within a millisecond, beyond the 4,096 steps of its counter, and when the clock goes back', () => {
    const nowMs = Date.now();
    const ids = Array.from({ length: 10_000 }, (_, index) => newId(nowMs - (index % 3)));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  it('tells the instant it was made at', () => {
    const nowMs = Date.now() + 5_000;
    expect(idTime(newId(nowMs)).getTime()).toBe(nowMs);
  });
});

describe('lowestIdAt', () => {
  it('sorts before every id of its instant and after every id of the millisecond before', () => {
    // Ids grow, so the instants under test lie ahead of all that were made here before.
    let nowMs = Date.now() + 60_000;
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100_000 }), (stepMs) => {
        nowMs += stepMs;
        const before = newId(nowMs - 1);
        const bound = lowestIdAt(new Date(nowMs));
        expect(before < bound).toBe(true);
        expect(bound < newId(nowMs)).toBe(true);
        expect(isUuid(bound)).toBe(true);
      }),
    );
  });

  it('has a smallest value for instants before 1970', () => {
    expect(lowestIdAt(new Date(-1))).toBe('00000000-0000-0000-0000-000000000000');
  });

  it('has a largest value for instants that no id can hold', () => {
    expect(lowestIdAt(new Date(8.64e15))).toBe('ffffffff-ffff-0000-0000-000000000000');
  });
});

describe('isUuid', () => {
  it.each(['', 'x', '0197C2F4-7A00-7000-8000-000000000001', '0197c2f4-7a00-7000-8000-00000000000', "' OR 1=1"])(
    'refuses %j',
    (text) => expect(isUuid(text)).toBe(false),
  );
});
