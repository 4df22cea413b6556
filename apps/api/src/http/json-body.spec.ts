import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJsonBody } from './json-body.js';

const parse = (text: string): unknown => parseJsonBody(Buffer.from(text, 'utf8'));

describe('parseJsonBody', () => {
  it('reads every JSON object that nests at most 32 levels', () => {
    const safe = fc.dictionary(
      fc.string({ unit: 'binary' }).filter((name) => !/\u0000|__proto__|constructor|prototype/.test(name)),
      fc
        .jsonValue({ maxDepth: 8 })
        .filter((value) => !/\\u0000|\\ud[89a-f]|__proto__|constructor|prototype/i.test(JSON.stringify(value))),
    );
    fc.assert(
      fc.property(safe, (value) => expect(parse(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)))),
    );
  });

  it('counts no braces, colons or quotes inside texts', () => {
    const value = { 'a:{"': '[[[[{{{:,\\"', b: { c: [1, { d: '\\' }] } };
    expect(parse(JSON.stringify(value))).toEqual(value);
  });

  it.each([
    [32, true],
    [33, false],
  ])('takes %s levels: %s', (levels, isFine) => {
    const text = `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    if (isFine) expect(parse(text)).toHaveProperty('a');
    else expect(() => parse(text)).toThrow('deeper than 32');
  });

  it.each(['{"a":1,"a":2}', '{"a":{"b":1,"\\u0062":2}}', '{"x":[{"a":1,"a":1}]}'])(
    'refuses the repeated member of %s',
    (text) => {
      expect(() => parse(text)).toThrow('same member twice');
    },
  );

  it('takes 16 MiB of brackets and backslashes without effort', () => {
    const startedAt = performance.now();
    expect(() => parse('['.repeat(16 * 1024 * 1024))).toThrow('deeper than 32');
    expect(() => parse(`{"a":"${'\\\\'.repeat(4 * 1024 * 1024)}`)).toThrow('not valid JSON');
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
