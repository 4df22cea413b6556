import { describe, expect, it } from '@jest/globals';
import type { ProviderResponse } from '../provider-http.js';
import { makeCall } from '../testing/provider-call.fixture.js';
import { answer, ScriptedProviderHttp } from '../testing/scripted-provider-http.js';
import { fetchAppToken } from './app-token.js';

const credentials = { appKey: 'dingdemokey01', appSecret: 'demo-secret-01' };
const fetchWith = (response: ProviderResponse) => {
  const http = new ScriptedProviderHttp(response);
  return { http, token: fetchAppToken(makeCall({}, http), credentials, [credentials.appSecret]) };
};

describe('fetchAppToken', () => {
  it('asks for the token by key and secret and says how long it lives', async () => {
    const granted = { errcode: 0, access_token: 'a1b2c3d4e5f60718293a4b5c6d7e8f90', errmsg: 'ok', expires_in: 7200 };
    const { http, token } = fetchWith(answer(granted));
    await expect(token).resolves.toEqual({ value: 'a1b2c3d4e5f60718293a4b5c6d7e8f90', expiresInSeconds: 7200 });
    expect(http.requests).toEqual([
      { method: 'GET', url: 'https://vendor.example/gettoken?appkey=dingdemokey01&appsecret=demo-secret-01' },
    ]);
  });

  it('assumes the usual lifetime when the answer names none', async () => {
    await expect(fetchWith(answer({ errcode: 0, access_token: 't' })).token).resolves.toMatchObject({
      expiresInSeconds: 7200,
    });
  });

  it.each([40096, 40089, 40001, 40014])('says that the credentials are wrong on code %i', async (errcode) => {
    const { token } = fetchWith(answer({ errcode, errmsg: '不合法的appKey或appSecret' }));
    await expect(token).rejects.toMatchObject({ name: 'CredentialError', reason: 'secret_wrong' });
  });

  it.each([
    ['an answer without a token', answer({ errcode: 0, errmsg: 'ok' })],
    ['a page', answer({ raw: '<html></html>' })],
    ['an HTTP 502', answer({ raw: '' }, 502)],
    ['a busy vendor', answer({ errcode: -1, errmsg: '系统繁忙' })],
  ])('may be tried again after %s, at no cost for the message', async (_, response) => {
    await expect(fetchWith(response).token).rejects.toMatchObject({
      name: 'RetryableDeliveryError',
      usesAttempt: false,
    });
  });

  it('keeps the wait of a throttled fetch', async () => {
    await expect(fetchWith(answer({ errcode: 90018, errmsg: '' })).token).rejects.toMatchObject({
      retryAfterMs: 1_000,
    });
  });

  it('never shows the secret', async () => {
    const { token } = fetchWith(answer({ errcode: 40096, errmsg: 'bad demo-secret-01' }));
    const error: unknown = await token.catch((e: unknown) => e);
    expect(JSON.stringify(error) + String(error)).not.toContain('demo-secret-01');
  });
});
