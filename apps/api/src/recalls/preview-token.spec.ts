import { describe, expect, it } from '@jest/globals';
import { isFreshPreview, previewToken } from './preview-token.js';
import type { RecallTarget } from './recall-request.reader.js';

const NOW = new Date('2026-11-23T08:00:00Z');
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000);

const rangeOf = (template: string, createdBefore: Date): RecallTarget => {
  const range = { template, createdAfter: new Date('2026-11-23T07:00:00Z'), createdBefore };
  const selector = {
    template,
    createdAfter: range.createdAfter.toISOString(),
    createdBefore: createdBefore.toISOString(),
  };
  return { range, selector };
};

describe('the token of a preview', () => {
  const token = previewToken(rangeOf('order-paid', NOW), 12, NOW);

  it('is good for the same messages within a minute, whenever the range ends', () => {
    expect(isFreshPreview(token, rangeOf('order-paid', later(30)), 12, later(30))).toBe(true);
  });

  it('is stale after a minute, with more messages, and for others', () => {
    expect(isFreshPreview(token, rangeOf('order-paid', NOW), 12, later(61))).toBe(false);
    expect(isFreshPreview(token, rangeOf('order-paid', NOW), 13, later(5))).toBe(false);
    expect(isFreshPreview(token, rangeOf('order-sent', NOW), 12, later(5))).toBe(false);
  });

  it.each(['', 'x', 'bnVsbA', Buffer.from('{}').toString('base64url')])('is not %j', (own) => {
    expect(isFreshPreview(own, rangeOf('order-paid', NOW), 12, NOW)).toBe(false);
  });
});
