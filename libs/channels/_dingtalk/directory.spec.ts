import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '#libs/core';
import { makeCall } from '../testing/provider-call.fixture.js';
import { ScriptedProviderHttp, answer, sentJson } from '../testing/scripted-provider-http.js';
import { dingtalkDirectory } from './directory.js';

const account = { appKey: 'dingkey', appSecret: 's3cr3t' };
const directory = dingtalkDirectory<typeof account>(({ appSecret }) => [appSecret]);
const ok = (result: JsonValue) => answer({ errcode: 0, errmsg: 'ok', result, request_id: 'r1' });
const pathsOf = (http: ScriptedProviderHttp): string[] => http.requests.map(({ url }) => new URL(url).pathname);

describe('the address book of a DingTalk app', () => {
  it('names the departments of one level', async () => {
    const http = new ScriptedProviderHttp(ok([{ dept_id: 101, name: 'Sales', parent_id: 1 }]));
    await expect(directory.listDepartments(makeCall(account, http), '1')).resolves.toEqual([
      { id: '101', name: 'Sales' },
    ]);
    expect(sentJson(http.requests[0])).toEqual({ dept_id: 1 });
  });

  it('tells members page by page', async () => {
    const member = { userid: 'u_alice', name: 'Alice', mobile: '138', active: false };
    const http = new ScriptedProviderHttp(
      ok({ has_more: true, next_cursor: 100, list: [member] }),
      ok({ has_more: false, list: [] }),
    );
    const call = makeCall(account, http);
    const first = await directory.listUsers(call, '101');
    expect(first).toEqual({
      users: [{ id: 'u_alice', name: 'Alice', mobile: '138', isActive: true }],
      nextCursor: '100',
    });
    await expect(directory.listUsers(call, '101', first.nextCursor)).resolves.toEqual({ users: [] });
    expect(http.requests.map(sentJson)).toEqual([
      { dept_id: 101, cursor: 0, size: 100 },
      { dept_id: 101, cursor: 100, size: 100 },
    ]);
  });

  it.each([60121, 40104])('knows nobody behind a mobile that is answered %i', async (errcode) => {
    const call = makeCall(account, new ScriptedProviderHttp(answer({ errcode, errmsg: 'no' })));
    await expect(directory.findByMobile(call, '138')).resolves.toBeUndefined();
  });

  it('turns a code of the client into a member with one call', async () => {
    const http = new ScriptedProviderHttp(ok({ userid: 'u_alice', name: 'Alice' }));
    await expect(directory.exchangeLoginCode(makeCall(account, http), 'c1', 'in_app')).resolves.toBe('u_alice');
    expect(pathsOf(http)).toEqual(['/topapi/v2/user/getuserinfo']);
  });

  it('turns a code of a browser into a member by way of the person', async () => {
    const http = new ScriptedProviderHttp(
      answer({ accessToken: 'person-token', expireIn: 7200 }),
      answer({ nick: 'Alice', unionId: 'union01' }),
      ok({ contact_type: 0, userid: 'u_alice' }),
    );
    await expect(directory.exchangeLoginCode(makeCall(account, http), 'c1', 'browser')).resolves.toBe('u_alice');
    expect(pathsOf(http)).toEqual([
      '/v1.0/oauth2/userAccessToken',
      '/v1.0/contact/users/me',
      '/topapi/user/getbyunionid',
    ]);
    expect(http.requests[1]?.headers).toMatchObject({ 'x-acs-dingtalk-access-token': 'person-token' });
    expect(sentJson(http.requests[0])).toMatchObject({ code: 'c1', grantType: 'authorization_code' });
  });

  it.each([null, {}, { list: 'none' }])('is not empty because an answer holds no list: %j', async (result) => {
    const call = makeCall(account, new ScriptedProviderHttp(ok(result)));
    await expect(directory.listUsers(call, '1')).rejects.toMatchObject({ reason: 'garbled_answer' });
  });

  it('has a page for browsers; inside the client there is none', () => {
    const page = { redirectUri: 'https://hr.corp.cn/bind', state: 'n4fk2' };
    expect(directory.loginUrl(account, { ...page, flow: 'in_app' })).toBeUndefined();
    expect(directory.loginUrl(account, { ...page, flow: 'browser' })).toBe(
      'https://login.dingtalk.com/oauth2/auth?redirect_uri=https%3A%2F%2Fhr.corp.cn%2Fbind&response_type=code' +
        '&client_id=dingkey&scope=openid&prompt=consent&state=n4fk2',
    );
  });
});
