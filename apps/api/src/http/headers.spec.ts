import { describe, expect, it } from '@jest/globals';
import { etagOf, requireMatch } from './etag.js';
import { languageOf } from './language.js';
import { requestIdOf } from './request-id.js';

describe('languageOf', () => {
  it.each([
    [undefined, 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-GB, zh;q=0.5', 'en'],
    ['fr, zh;q=0.2', 'zh'],
    ['zh;q=0, fr', 'en'],
    ['*', 'en'],
  ])('reads %s as %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});

describe('requestIdOf', () => {
  it('keeps a sane id and replaces any other', () => {
    expect(requestIdOf({ headers: { 'x-request-id': 'req_1.a-b' } })).toBe('req_1.a-b');
    for (const given of ['', 'a b', 'a\u001b[31m', 'x'.repeat(129)]) {
      expect(requestIdOf({ headers: { 'x-request-id': given } })).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('requireMatch', () => {
  it.each([undefined, '*', '"3"', 'W/"3"', '"2", "3"'])('lets %s change version 3', (ifMatch) => {
    expect(() => requireMatch(ifMatch, 3)).not.toThrow();
  });

  it.each(['"2"', '3', '"33"'])('refuses %s for version 3', (ifMatch) => {
    expect(() => requireMatch(ifMatch, 3)).toThrow(`its ETag is ${etagOf(3)}`);
  });
});
