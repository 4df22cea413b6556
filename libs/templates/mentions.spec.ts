import { describe, expect, it } from '@jest/globals';
import { mergeMentions, parseMentions } from './mentions.js';

describe('parseMentions', () => {
  it('reads every way to name a person', () => {
    const values = ['a', { user: 'b' }, { mobile: '+86 138 0000-0000' }, { wecom: 'c' }, { all: true }];
    expect(parseMentions(values, 'wecom', [])).toEqual({
      mentions: [
        { type: 'user', id: 'a' },
        { type: 'user', id: 'b' },
        { type: 'mobile', id: '13800000000' },
        { type: 'user', id: 'c' },
        { type: 'all' },
      ],
      faults: [],
    });
  });

  it.each([
    [''],
    ['{{who}}'],
    [1],
    [null],
    [{}],
    [{ all: false }],
    [{ user: 'a', mobile: 'b' }],
    [{ dingtalk: 'a' }],
    [{ email: 'a@b.example' }],
    [{ department: '1' }],
    [{ user: 1 }],
    [{ user: 'x'.repeat(65) }],
  ])('refuses %j at its place', (value) => {
    const { mentions, faults } = parseMentions(['a', value], 'wecom', ['options', 'mentions']);
    expect(mentions).toEqual([{ type: 'user', id: 'a' }]);
    expect(faults).toEqual([expect.objectContaining({ pointer: '/options/mentions/1', code: 'invalid_value' })]);
  });
});

describe('mergeMentions', () => {
  it('keeps each mention once, in order', () => {
    const merged = mergeMentions(
      [{ type: 'user', id: '1' }],
      [
        { type: 'mobile', id: '1' },
        { type: 'user', id: '1' },
      ],
    );
    expect(merged).toEqual([
      { type: 'user', id: '1' },
      { type: 'mobile', id: '1' },
    ]);
  });
});
