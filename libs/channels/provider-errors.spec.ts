import { describe, expect, it } from '@jest/globals';
import {
  errorsOn,
  explanationOf,
  ruleFor,
  toDeliveryError,
  type ProviderErrorCase,
  type ProviderErrorRule,
  type ProviderErrorTable,
} from './provider-errors.js';

const text = { zh: '不行', en: 'No' };
const content: ProviderErrorRule = { class: 'content', reason: 'content_invalid', text };
const late: ProviderErrorCase = { on: 'recall', class: 'content', reason: 'recall_rejected', text };
const address: ProviderErrorCase = {
  says: ['whitelist', '白名单'],
  class: 'credentials',
  reason: 'ip_not_trusted',
  text,
};

const TABLE: ProviderErrorTable = {
  '40058': { ...content, cases: [late] },
  '310000': { ...content, cases: [address] },
  'miss.param.*': content,
  '45009': { class: 'rate', reason: 'provider_throttled', text, waitMs: 60_000, remedy: { zh: '等', en: 'Wait' } },
};

describe('an error table', () => {
  it('tells the meaning of a code, whatever the words', () => {
    expect(ruleFor(TABLE, '45009', 'not in whitelist')).toBe(TABLE['45009']);
  });

  it('listens to the words only where one code has several causes', () => {
    expect(ruleFor(TABLE, '310000', 'ip 1.2.3.4 not in whitelist')).toBe(address);
    expect(ruleFor(TABLE, '310000', 'something else')).toBe(TABLE['310000']);
  });

  it('reads otherwise for another call', () => {
    expect(ruleFor(TABLE, '40058')).toBe(TABLE['40058']);
    expect(ruleFor(errorsOn('recall', TABLE), '40058')).toBe(late);
    expect(ruleFor(errorsOn('token', TABLE), '40058')).toBe(TABLE['40058']);
  });

  it('knows codes by their beginning', () => {
    expect(ruleFor(TABLE, 'miss.param.userId.empty')).toBe(content);
    expect(ruleFor(TABLE, 'miss.parameter')).toBeUndefined();
  });

  it.each(['constructor', '__proto__', 'toString', '', '.', '...'])('knows nothing about the code "%s"', (code) => {
    expect(ruleFor(TABLE, code)).toBeUndefined();
    expect(explanationOf(TABLE, code, undefined)).toBeUndefined();
  });

  it('explains a code as it was judged then', () => {
    expect(explanationOf(TABLE, '310000', 'ip_not_trusted')).toBe(address);
    expect(explanationOf(TABLE, '40058', 'recall_rejected')).toBe(late);
    expect(explanationOf(TABLE, '40058', 'a_reason_of_old')).toBe(TABLE['40058']);
    expect(explanationOf(TABLE, '40058', undefined)).toBe(TABLE['40058']);
  });
});

describe('the error of a refusal', () => {
  it('carries what the table says about the code', () => {
    const error = toDeliveryError(TABLE, { name: 'vendor', code: '45009', message: 'slowly' });
    expect(error).toMatchObject({
      name: 'RateLimitedError',
      reason: 'provider_throttled',
      retryAfterMs: 60_000,
      provider: { message: 'slowly', text, hint: { zh: '等', en: 'Wait' } },
    });
  });

  it('is final when the table does not know the code', () => {
    const error = toDeliveryError(TABLE, { name: 'vendor', code: '999', message: 'news' });
    expect(error).toMatchObject({ name: 'PermanentDeliveryError', reason: 'provider_rejected' });
    expect(error.provider?.hint).toBeUndefined();
  });
});
