import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, isJsonObject, jsonPointer, sha256 } from './json.js';

/** The same value with the members of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

describe('canonicalJson', () => {
  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('tells values apart that differ in type or in the order of a list', () => {
    expect(canonicalJson({ a: '1' })).not.toBe(canonicalJson({ a: 1 }));
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
    expect(canonicalJson({ a: null })).not.toBe(canonicalJson({}));
  });

  it('leaves undefined members out and writes undefined items as null', () => {
    expect(canonicalJson({ b: undefined, a: [undefined] })).toBe('{"a":[null]}');
    expect(canonicalJson(undefined)).toBe('null');
  });
});

describe('jsonPointer', () => {
  it('escapes as RFC 6901 says', () => {
    expect(jsonPointer('a/b', 0, 'm~n')).toBe('/a~1b/0/m~0n');
    expect(jsonPointer()).toBe('');
  });
});

describe('isJsonObject', () => {
  it('tells objects from lists, null and plain values', () => {
    expect([{}, [], null, 'x', 1].map(isJsonObject)).toEqual([true, false, false, false, false]);
  });
});

describe('sha256', () => {
  it('answers 32 bytes, the same for a text and its UTF-8 bytes', () => {
    expect(sha256('鸿').length).toBe(32);
    expect(sha256('鸿').equals(sha256(Buffer.from('鸿')))).toBe(true);
  });
});
