import { describe, expect, it } from '@jest/globals';
import { RetryableDeliveryError } from '#libs/core';
import { makeCall } from '../testing/provider-call.fixture.js';
import { answer, ScriptedProviderHttp, sentJson } from '../testing/scripted-provider-http.js';
import { checkWorkAccount } from './dingtalk-work.check.js';

const account = { appKey: 'dingdemokey01', appSecret: 'demo-secret-01', agentId: 1000000001 };
const TOKEN = answer({ errcode: 0, access_token: 'fresh-0002', expires_in: 7200 });
const check = (http: ScriptedProviderHttp) => checkWorkAccount(makeCall(account, http));

describe('checkWorkAccount', () => {
  it('finds everything in order when the app may ask for an unknown task', async () => {
    const http = new ScriptedProviderHttp(TOKEN, answer({ errcode: 400002, errmsg: '参数错误' }));
    await expect(check(http)).resolves.toMatchObject([
      { check: 'credentials', ok: true },
      { check: 'api_access', ok: true },
    ]);
    expect(http.requests[1]?.url).toContain('/topapi/message/corpconversation/getsendprogress?access_token=fresh-0002');
    expect(sentJson(http.requests[1])).toEqual({ agent_id: 1000000001, task_id: 1 });
  });

  it('stops at refused credentials and says how to mend them', async () => {
    const findings = await check(
      new ScriptedProviderHttp(answer({ errcode: 40096, errmsg: '不合法的appKey或appSecret' })),
    );
    expect(findings).toMatchObject([{ check: 'credentials', ok: false, text: { zh: 'AppKey 或 AppSecret 不正确' } }]);
    expect(findings[0]?.remedy?.en).toContain('developer console');
  });

  it.each([
    ['60011', 'The app may not call this API'],
    ['60020', 'The outgoing IP is not on the white list of the app'],
    ['40056', 'The agent id does not belong to this app'],
  ])('reports code %s of the message API', async (sub_code, text) => {
    const findings = await check(new ScriptedProviderHttp(TOKEN, answer({ errcode: 88, sub_code, errmsg: '' })));
    expect(findings[1]).toMatchObject({ check: 'api_access', ok: false, text: { en: text } });
  });

  it('reports a vendor out of reach', async () => {
    const http = new ScriptedProviderHttp(new RetryableDeliveryError('connect_failed', 'Not reached', false));
    const findings = await check(http);
    expect(findings).toMatchObject([{ ok: false, text: { en: expect.stringContaining('Not reached') } }]);
  });

  it('lets a bug through', async () => {
    await expect(check(new ScriptedProviderHttp())).rejects.toThrow('No answer is arranged');
  });
});
