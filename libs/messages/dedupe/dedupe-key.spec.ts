import { describe, expect, it } from '@jest/globals';
import { sha256 } from '#libs/core';
import { dedupeKey } from './dedupe-key.js';

const base = {
  rule: 'content',
  template: 'order-paid',
  channel: 'letter',
  recipient: 'user:li',
  contentHash: sha256('hello'),
} as const;

describe('the key of a dedupe claim', () => {
  it('is 32 bytes and the same for the same parts', () => {
    expect(dedupeKey(base)).toHaveLength(32);
    expect(dedupeKey(base).equals(dedupeKey({ ...base }))).toBe(true);
  });

  it.each([
    ['rule', { rule: 'frequency' }],
    ['template', { template: 'order-sent' }],
    ['channel', { channel: 'note' }],
    ['recipient', { recipient: 'user:wang' }],
    ['content', { contentHash: sha256('hello!') }],
  ] as const)('differs with the %s', (_part, change) => {
    expect(dedupeKey({ ...base, ...change }).equals(dedupeKey(base))).toBe(false);
  });

  it('does not run its parts together', () => {
    const split = dedupeKey({ ...base, template: 'a', channel: 'bc' });
    expect(split.equals(dedupeKey({ ...base, template: 'ab', channel: 'c' }))).toBe(false);
  });
});
