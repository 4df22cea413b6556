import { describe, expect, it } from '@jest/globals';
import { AmbiguousDeliveryError, type JsonObject } from '#libs/core';
import type { ProviderResponse } from '../provider-http.js';
import { makeCall } from '../testing/provider-call.fixture.js';
import { ScriptedProviderHttp, answer } from '../testing/scripted-provider-http.js';
import { fetchAppToken } from './app-token.js';

const credentials = { corpId: 'ww1a2b3c4d5e6f7a8b', corpSecret: 's3cr3t&of=app' };

const fetchFrom = (scripted: ProviderResponse | Error): ReturnType<typeof fetchAppToken> =>
  fetchAppToken(makeCall({}, new ScriptedProviderHttp(scripted)), credentials);

describe('fetching an app token', () => {
  it('asks with the encoded corp id and secret', async () => {
    const http = new ScriptedProviderHttp(answer({ errcode: 0, access_token: 't', expires_in: 7200 }));
    await fetchAppToken(makeCall({}, http), credentials);
    expect(http.requests).toEqual([
      {
        method: 'GET',
        url: 'https://vendor.example/cgi-bin/gettoken?corpid=ww1a2b3c4d5e6f7a8b&corpsecret=s3cr3t%26of%3Dapp',
      },
    ]);
  });

  it.each<[string, JsonObject, number]>([
    ['with a code', { errcode: 0, access_token: 't', expires_in: 7100 }, 7100],
    ['without a code', { access_token: 't', expires_in: 7200 }, 7200],
    ['with a lifetime as text', { errcode: 0, access_token: 't', expires_in: '3600' }, 3600],
    ['without a lifetime', { errcode: 0, access_token: 't' }, 7200],
    ['with a nonsensical lifetime', { errcode: 0, access_token: 't', expires_in: 'soon' }, 7200],
  ])('takes an answer %s', async (_name, reply, expiresInSeconds) => {
    expect(await fetchFrom(answer(reply))).toEqual({ value: 't', expiresInSeconds });
  });

  it.each([
    [40001, 'secret_wrong'],
    [40091, 'secret_wrong'],
    [40013, 'secret_wrong'],
    [60020, 'ip_not_trusted'],
    [50003, 'app_disabled'],
    [987654, 'provider_rejected'],
  ])('blames the credentials for %d: messages wait, none is lost', async (errcode, reason) => {
    await expect(fetchFrom(answer({ errcode, errmsg: 'no' }))).rejects.toMatchObject({
      name: 'CredentialError',
      reason,
    });
  });

  it.each([
    ['the vendor is busy', answer({ errcode: -1, errmsg: 'busy' }), 'provider_busy'],
    ['a gateway fails', answer({ raw: '<html>' }, 502), 'provider_error'],
    ['the answer is lost', new AmbiguousDeliveryError('connection_lost', 'reset'), 'provider_error'],
    ['the token is empty', answer({ errcode: 0, access_token: '', expires_in: 1 }), 'provider_error'],
  ])('may be tried again without using an attempt when %s', async (_name, scripted, reason) => {
    await expect(fetchFrom(scripted)).rejects.toMatchObject({
      name: 'RetryableDeliveryError',
      reason,
      usesAttempt: false,
    });
  });

  it('waits when the vendor asks to', async () => {
    await expect(fetchFrom(answer({ errcode: 45009, errmsg: 'limit' }))).rejects.toMatchObject({
      name: 'RateLimitedError',
      retryAfterMs: 60_000,
    });
  });
});
