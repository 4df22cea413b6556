import { describe, expect, it } from '@jest/globals';
import { instantOf, paramOf, recipientOf } from './arguments.js';

describe('a recipient', () => {
  it.each([
    ['zhangsan', 'zhangsan'],
    ['all', { all: true }],
    ['mobile:13800000000', { mobile: '13800000000' }],
    ['department:12', { department: '12' }],
    ['vendor:lisi', { vendor: 'lisi' }],
    ['vendor:department:12', { vendor: { department: '12' } }],
    ['vendor:all', { vendor: { all: true } }],
    ['user:a:b', { user: 'a:b' }],
    ['odd:', 'odd:'],
  ])('%s travels as the API takes it', (text, recipient) => {
    expect(recipientOf(text)).toEqual(recipient);
  });
});

describe('a parameter', () => {
  it.each([
    ['name=老张', ['name', '老张']],
    ['count=3', ['count', 3]],
    ['price=12.50', ['price', '12.50']],
    ['id=007', ['id', '007']],
    ['big=12345678901234567890', ['big', '12345678901234567890']],
    ['paid=true', ['paid', true]],
    ['formula=a=b', ['formula', 'a=b']],
    ['empty=', ['empty', '']],
  ])('%s keeps its value exactly', (text, param) => {
    expect(paramOf(text)).toEqual(param);
  });

  it.each(['name', '=value'])('%s is refused', (text) => {
    expect(() => paramOf(text)).toThrow('name=value');
  });
});

describe('a time', () => {
  it('is an instant or so long ago', () => {
    expect(instantOf('2026-11-22T10:00:00+08:00')).toBe('2026-11-22T02:00:00.000Z');
    const before = Date.now();
    const at = Date.parse(instantOf('2h'));
    expect(at).toBeGreaterThanOrEqual(before - 7_200_000);
    expect(at).toBeLessThanOrEqual(Date.now() - 7_200_000);
  });

  it('that is neither is refused', () => {
    expect(() => instantOf('yesterday')).toThrow('Write');
  });
});
