import { describe, expect, it } from '@jest/globals';
import { findInvalidTag, parsePlaceholders, valueOf } from './placeholders.js';

describe('parsePlaceholders', () => {
  it('cuts a text at its placeholders', () => {
    expect(parsePlaceholders('a{{x}}b{{y.z_1}}')).toEqual({ literals: ['a', 'b', ''], names: ['x', 'y.z_1'] });
  });

  it('takes at most 64 characters as a name', () => {
    expect(parsePlaceholders(`{{${'x'.repeat(64)}}}`).names).toHaveLength(1);
    expect(parsePlaceholders(`{{${'x'.repeat(65)}}}`).names).toHaveLength(0);
  });
});

describe('findInvalidTag', () => {
  it.each([
    '{{#if x}}',
    '{{ name }}',
    '{{{name}}}',
    '{{}}',
    '{{a-b}}',
    '{{a',
    '{{constructor.constructor("return process")()}}',
    'x{{x}}{{ y}}',
  ])('finds the tag in %s', (text) => expect(findInvalidTag(text)).toBeDefined());

  it.each(['', 'plain', '{{name}}', '{name}', '}}', '${7*7}', '{"a": {"b": "{{c}}"}}', '<%= x %>'])(
    'finds nothing wrong in %s',
    (text) => expect(findInvalidTag(text)).toBeUndefined(),
  );
});

describe('valueOf', () => {
  it('writes numbers and booleans as text', () => {
    expect([valueOf({ n: 1.5 }, 'n'), valueOf({ b: false }, 'b')]).toEqual(['1.5', 'false']);
  });

  it.each(['constructor', '__proto__', 'toString', 'missing'])('finds no inherited or missing %s', (name) => {
    expect(valueOf({}, name)).toBe('');
  });
});
