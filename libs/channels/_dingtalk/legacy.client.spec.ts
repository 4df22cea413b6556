import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { makeCall, TEST_NOW } from '../testing/provider-call.fixture.js';
import { answer, ScriptedProviderHttp } from '../testing/scripted-provider-http.js';
import { LEGACY_ERRORS } from './errors/index.js';
import { callLegacy } from './legacy.client.js';

const SECRET = 'a+b/c secret';

function ask(body: JsonObject, now = TEST_NOW) {
  const http = new ScriptedProviderHttp(answer(body));
  const reply = callLegacy(makeCall({}, http, { now }), {
    path: '/topapi/x',
    query: { access_token: SECRET },
    body: '{"n":1}',
    ruleFor: (code) => LEGACY_ERRORS[code],
    secrets: [SECRET],
  });
  return { http, reply };
}

describe('callLegacy', () => {
  it('posts the JSON text with the token in the query, encoded once', async () => {
    const { http, reply } = ask({ errcode: 0 });
    await reply;
    expect(http.requests).toEqual([
      {
        method: 'POST',
        url: 'https://vendor.example/topapi/x?access_token=a%2Bb%2Fc+secret',
        headers: { 'content-type': 'application/json' },
        body: '{"n":1}',
      },
    ]);
  });

  it.each([
    [
      { errcode: 88, sub_code: '40014', sub_msg: '不合法的access_token', errmsg: '' },
      'TokenRejectedError',
      'token_rejected',
    ],
    [{ errcode: 40014, errmsg: '不合法的access_token' }, 'TokenRejectedError', 'token_rejected'],
    [{ errcode: 42001, errmsg: 'access_token超时' }, 'TokenRejectedError', 'token_rejected'],
    [{ errcode: 88, sub_code: '40000', sub_msg: 'access_token is blank' }, 'PermanentDeliveryError', 'internal_error'],
    [{ errcode: 88, sub_code: '60011', sub_msg: '没有调用该接口的权限' }, 'CredentialError', 'permission_missing'],
    [{ errcode: 88, sub_code: '60020', sub_msg: '访问ip不在白名单之中' }, 'CredentialError', 'ip_not_trusted'],
    [{ errcode: 88, sub_code: '90018', sub_msg: 'app qps limit' }, 'RateLimitedError', 'provider_throttled'],
    [{ errcode: 22, sub_msg: '不合法ApiName' }, 'PermanentDeliveryError', 'provider_rejected'],
    [{ errcode: 404, errmsg: '请求的URI地址不存在' }, 'PermanentDeliveryError', 'provider_rejected'],
    [{ errcode: 40056, errmsg: '不合法的agentid' }, 'CredentialError', 'agent_mismatch'],
    [{ errcode: 400002, errmsg: '参数错误' }, 'PermanentDeliveryError', 'content_invalid'],
    [{ errcode: -1, errmsg: '系统繁忙' }, 'RetryableDeliveryError', 'provider_busy'],
    [{ errcode: 987654, errmsg: 'news' }, 'PermanentDeliveryError', 'provider_rejected'],
  ])('classifies %j', async (body, name, reason) => {
    await expect(ask(body).reply).rejects.toMatchObject({ name, reason });
  });

  it('prefers the end of a throttle that the text names', async () => {
    const errmsg = 'ding talk error[subcode=90002,submsg=处罚将在 2026-03-02 10:00:42 结束.]';
    await expect(ask({ errcode: 88, errmsg }).reply).rejects.toMatchObject({ retryAfterMs: 42_000 });
  });

  it('waits a second for a second-based limit and a minute for a minute-based one', async () => {
    await expect(ask({ errcode: 90018, errmsg: '' }).reply).rejects.toMatchObject({ retryAfterMs: 1_000 });
    await expect(ask({ errcode: 41048, errmsg: '' }).reply).rejects.toMatchObject({ retryAfterMs: 60_000 });
  });

  it('waits for the next day in China when the messages to everybody are used up', async () => {
    const eightInTheEvening = new Date('2026-11-22T12:00:00.000Z');
    await expect(ask({ errcode: 41045, errmsg: '' }, eightInTheEvening).reply).rejects.toMatchObject({
      reason: 'daily_quota',
      retryAfterMs: 4 * 3_600_000,
    });
  });

  it('masks the secret where the vendor echoes it, and keeps our address apart from its words', async () => {
    const sub_msg = `访问ip不在白名单之中,request ip=203.0.113.9 2001:db8:0:0:0:0:0:1 token ${SECRET}`;
    const error: unknown = await ask({ errcode: 88, sub_code: '60020', sub_msg }).reply.catch((e: unknown) => e);
    expect(JSON.stringify(error) + String(error)).not.toContain(SECRET);
    const message = '访问ip不在白名单之中,request ip=*.*.*.* *:* token ***';
    expect(error).toMatchObject({ provider: { name: 'dingtalk', code: '60020', message, callerIp: '203.0.113.9' } });
  });
});
