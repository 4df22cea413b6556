import { describe, expect, it } from '@jest/globals';
import { CredentialError } from '#libs/core';
import { makeCall } from '../testing/provider-call.fixture.js';
import { ScriptedProviderHttp, answer, sentJson } from '../testing/scripted-provider-http.js';
import { wecomDirectory } from './directory.js';

const account = { corpId: 'ww1', agentId: 1000002, corpSecret: 's3cr3t' };
const directory = wecomDirectory<typeof account>(({ corpSecret }) => [corpSecret]);
const ok = (body: object) => answer({ errcode: 0, errmsg: 'ok', ...body });
const pathsOf = (http: ScriptedProviderHttp): string[] => http.requests.map(({ url }) => new URL(url).pathname);

describe('the address book of a WeCom app', () => {
  it('names all departments at once', async () => {
    const http = new ScriptedProviderHttp(ok({ department: [{ id: 12, name: '仓储部', parentid: 1 }] }));
    await expect(directory.listDepartments(makeCall(account, http))).resolves.toEqual([{ id: '12', name: '仓储部' }]);
    expect(pathsOf(http)).toEqual(['/cgi-bin/department/list']);
  });

  it('tells mobiles and e-mails to old apps, and who is disabled', async () => {
    const userlist = [
      { userid: 'Zoe', name: 'Zoe', mobile: '138', email: '', biz_mail: 'zoe@corp.cn', status: 1 },
      { userid: 'Li', name: 'Li', status: 2 },
    ];
    const { users } = await directory.listUsers(makeCall(account, new ScriptedProviderHttp(ok({ userlist }))), '12');
    expect(users).toEqual([
      { id: 'Zoe', name: 'Zoe', mobile: '138', email: 'zoe@corp.cn', isActive: true },
      { id: 'Li', name: 'Li', isActive: false },
    ]);
  });

  it('is read by names only where the whole answer would be too big', async () => {
    const tooBig = answer({ errcode: 45029, errmsg: 'too big' });
    const http = new ScriptedProviderHttp(tooBig, ok({ userlist: [{ userid: 'a', name: 'A', department: [1] }] }));
    const { users } = await directory.listUsers(makeCall(account, http), '1');
    expect(users).toMatchObject([{ id: 'a' }]);
    expect(pathsOf(http)).toEqual(['/cgi-bin/user/list', '/cgi-bin/user/simplelist']);
  });

  it('finds people by mobile and corporate e-mail, or nobody', async () => {
    const http = new ScriptedProviderHttp(ok({ userid: 'Zoe' }), answer({ errcode: 46004, errmsg: 'user not exist' }));
    const call = makeCall(account, http);
    await expect(directory.findByMobile(call, '138')).resolves.toBe('Zoe');
    await expect(directory.findByEmail?.(call, 'a@b.cn')).resolves.toBeUndefined();
    expect(http.requests.map(sentJson)).toEqual([{ mobile: '138' }, { email: 'a@b.cn', email_type: 1 }]);
  });

  it('turns a login code into a member; a customer is none', async () => {
    const http = new ScriptedProviderHttp(ok({ userid: 'Zoe' }), ok({ openid: 'o1', external_userid: 'wm1' }));
    const call = makeCall(account, http);
    await expect(directory.exchangeLoginCode(call, 'c1', 'in_app')).resolves.toBe('Zoe');
    await expect(directory.exchangeLoginCode(call, 'c2', 'browser')).resolves.toBeUndefined();
    expect(http.requests[0]?.url).toContain('code=c1');
  });

  it.each([
    { errcode: 0, errmsg: 'ok' },
    { errcode: 0, errmsg: 'ok', userlist: 'none' },
  ])('is not empty because an answer holds no list: %j', async (body) => {
    const call = makeCall(account, new ScriptedProviderHttp(answer(body)));
    await expect(directory.listUsers(call, '1')).rejects.toMatchObject({ reason: 'garbled_answer' });
  });

  it('says what the vendor refuses, without secrets', async () => {
    const refusal = answer({ errcode: 48009, errmsg: `no right for s3cr3t` });
    const call = makeCall(account, new ScriptedProviderHttp(refusal));
    const error: unknown = await directory.listDepartments(call).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ provider: { code: '48009' } });
    expect(String((error as CredentialError).provider?.message)).not.toContain('s3cr3t');
  });

  it('sends people to the page of their client, or of their browser', () => {
    const page = { redirectUri: 'https://hr.corp.cn/bind?x=1', state: 'n4fk2' };
    expect(directory.loginUrl(account, { ...page, flow: 'in_app' })).toBe(
      'https://open.weixin.qq.com/connect/oauth2/authorize?appid=ww1&redirect_uri=https%3A%2F%2Fhr.corp.cn%2Fbind%3Fx%3D1' +
        '&response_type=code&scope=snsapi_base&state=n4fk2&agentid=1000002#wechat_redirect',
    );
    expect(directory.loginUrl(account, { ...page, flow: 'browser' })).toContain(
      'https://login.work.weixin.qq.com/wwlogin/sso/login?login_type=CorpApp&appid=ww1',
    );
  });
});
