import { describe, expect, it } from '@jest/globals';
import { consolePathOf } from './console-path.js';

describe('the page for a path of the API', () => {
  it.each([
    ['/v1/messages/019a', '/messages/019a'],
    ['/v1/messages/019a/attempts?deliveryNo=2', '/messages/019a?tab=raw'],
    ['/v1/templates/order-paid/versions/3', '/templates/order-paid'],
    ['/v1/accounts/sales/quota', '/accounts/sales'],
    ['/v1/recipients/user%3Az%2F1/messages', '/why?ref=user%3Az%2F1'],
    ['/v1/messages?reason=expired&createdAfter=2026-01-02', '/messages?reason=expired&from=2026-01-02'],
  ])('%s is %s', (href, place) => {
    expect(consolePathOf(href)).toBe(place);
  });

  it('is none for what no page shows', () => {
    expect(consolePathOf('/v1/rejections')).toBeUndefined();
  });
});
