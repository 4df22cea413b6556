import { describe, expect, it } from '@jest/globals';
import { AmbiguousDeliveryError, RateLimitedError, RetryableDeliveryError } from '#libs/core';
import { readLegacyReply } from './legacy-reply.js';

const NOW = new Date('2026-11-22T02:00:00.000Z');
const read = (body: string, status = 200, headers: Record<string, string> = {}) =>
  readLegacyReply({ status, headers, body }, NOW);

function failureOf(...answer: Parameters<typeof read>): unknown {
  try {
    return read(...answer);
  } catch (error) {
    return error;
  }
}

describe('readLegacyReply', () => {
  it('takes the number 0 as success', () => {
    expect(read('{"errcode":0,"errmsg":"ok"}')).toMatchObject({ code: '0', message: 'ok' });
  });

  it.each([
    ['the text "0"', '{"errcode":"0","errmsg":"ok"}'],
    ['null', '{"errcode":null}'],
    ['a missing errcode', '{"errmsg":"ok"}'],
    ['an errcode of another type', '{"errcode":true}'],
    ['a fraction', '{"errcode":0.5}'],
    ['a list', '[{"errcode":0}]'],
    ['a bare number', '0'],
    ['an empty body', ''],
    ['a cut body', '{"errcode":0,"errm'],
  ])('treats %s as an unclear outcome', (_, body) => {
    expect(failureOf(body)).toMatchObject({ name: 'AmbiguousDeliveryError', reason: 'garbled_answer' });
  });

  it('treats a page instead of JSON as an unclear outcome', () => {
    expect(failureOf('<html><body>busy</body></html>')).toMatchObject({ reason: 'gateway_error' });
    expect(failureOf('<html></html>')).toBeInstanceOf(AmbiguousDeliveryError);
  });

  it.each([500, 502, 504])('treats HTTP %i as unclear whatever the body says', (status) => {
    const failure = failureOf('{"errcode":0,"errmsg":"ok"}', status);
    expect(failure).toBeInstanceOf(AmbiguousDeliveryError);
    expect(failure).toMatchObject({ reason: 'gateway_error' });
  });

  it('waits as Retry-After asks on HTTP 429 and 503', () => {
    expect(failureOf('', 503, { 'retry-after': '7' })).toMatchObject({ retryAfterMs: 7_000 });
    expect(failureOf('', 429, { 'retry-after': 'Sun, 22 Nov 2026 02:00:30 GMT' })).toMatchObject({
      retryAfterMs: 30_000,
    });
  });

  it('names no time on HTTP 503 without Retry-After', () => {
    const failure = failureOf('', 503) as RateLimitedError;
    expect(failure).toBeInstanceOf(RateLimitedError);
    expect(failure.retryAfterMs).toBeUndefined();
  });

  it('takes HTTP 404 without a code as not accepted, and a success under it as well', () => {
    expect(failureOf('not here', 404)).toBeInstanceOf(RetryableDeliveryError);
    expect(failureOf('{"errcode":0}', 404)).toBeInstanceOf(RetryableDeliveryError);
    expect(read('{"errcode":404,"errmsg":"请求的URI地址不存在"}', 404).code).toBe('404');
  });

  it.each([
    ['JSON', '{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"00000000000000000000000000000001"}'],
    ['a page', '<html><script>window.location="/_____tmd_____/punish?x5secdata=ab"</script></html>'],
  ])('waits 5 minutes when the ban of the IP comes as %s', (_, body) => {
    expect(failureOf(body)).toMatchObject({
      name: 'RateLimitedError',
      reason: 'provider_blocked',
      retryAfterMs: 300_000,
    });
  });

  it('unwraps code 88 by sub_code, as text or number', () => {
    const wrapped = { errcode: 88, sub_msg: '不合法的access_token', errmsg: 'ding talk error[subcode=1]' };
    expect(read(JSON.stringify({ ...wrapped, sub_code: '40014' }))).toMatchObject({
      code: '40014',
      message: '不合法的access_token',
    });
    expect(read(JSON.stringify({ ...wrapped, sub_code: 60011 })).code).toBe('60011');
  });

  it('unwraps code 88 by the digits after subcode= when there is no sub_code', () => {
    expect(read('{"errcode":88,"errmsg":"ding talk error[subcode=90002,submsg=busy]"}').code).toBe('90002');
  });

  it('never takes a wrapped 0 for success', () => {
    expect(read('{"errcode":88,"sub_code":"0","errmsg":""}').code).toBe('88');
  });

  it('believes a failure code that comes as text', () => {
    expect(read('{"errcode":"40014","errmsg":"x"}').code).toBe('40014');
  });
});
