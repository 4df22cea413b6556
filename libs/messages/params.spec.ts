import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { checkParams } from './params.js';

const codesOf = (value: Parameters<typeof checkParams>[0]): string[] =>
  checkParams(value, ['params']).map(({ code, pointer }) => `${pointer} ${code}`);

const entries = (count: number): JsonObject =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, index]));

describe('the check of params', () => {
  it('accepts texts, numbers and booleans under names of letters, digits, underscore and dot', () => {
    expect(codesOf({ orderId: 'A1', 'order.amount': 12.5, is_paid: true, empty: '' })).toEqual([]);
  });

  it.each([[[]], ['x'], [null], [1]])('refuses %j in place of an object', (value) => {
    expect(codesOf(value)).toEqual(['/params wrong_type']);
  });

  it.each(['', 'a-b', '名', 'a b', '__proto__', 'constructor', 'prototype', 'x'.repeat(65)])(
    'refuses the name %j',
    (name) => {
      const value = JSON.parse(`{${JSON.stringify(name)}: 1}`) as JsonObject;
      expect(checkParams(value, ['params'])).toEqual([
        expect.objectContaining({ pointer: `/params/${name}`, code: 'invalid_parameter_name' }),
      ]);
    },
  );

  it('names every value of a wrong type', () => {
    expect(codesOf({ a: null, b: {}, c: ['x'], d: 'fine' })).toEqual([
      '/params/a wrong_type',
      '/params/b wrong_type',
      '/params/c wrong_type',
    ]);
  });

  it('refuses texts that cannot be stored', () => {
    expect(codesOf({ a: 'x\u0000', b: '\ud83d' })).toEqual(['/params/a nul_character', '/params/b lone_surrogate']);
  });

  it('takes 256 entries and refuses one more, with the figures', () => {
    expect(codesOf(entries(256))).toEqual([]);
    expect(checkParams(entries(257), ['recipients', 3, 'params'])).toEqual([
      expect.objectContaining({
        pointer: '/recipients/3/params',
        code: 'too_many_parameters',
        limit: 256,
        actual: 257,
        unit: 'entries',
      }),
    ]);
  });

  it('takes 64 KiB of JSON and refuses one byte more, with the figures', () => {
    const ofBytes = (size: number): JsonObject => ({ a: 'x'.repeat(size - '{"a":""}'.length) });
    expect(codesOf(ofBytes(65_536))).toEqual([]);
    expect(checkParams(ofBytes(65_537), ['params'])).toEqual([
      expect.objectContaining({ code: 'parameters_too_large', limit: 65_536, actual: 65_537, unit: 'bytes' }),
    ]);
  });
});
