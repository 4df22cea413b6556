import { describe, expect, it } from '@jest/globals';
import { RetryableDeliveryError } from '#libs/core';
import { makeCall } from '../testing/provider-call.fixture.js';
import { ScriptedProviderHttp, answer } from '../testing/scripted-provider-http.js';
import { checkAppAccount } from './check-app-account.js';

const account = { corpId: 'ww1a2b3c4d5e6f7a8b', corpSecret: 's3cr3t', agentId: 1000012 };
const token = answer({ errcode: 0, access_token: 't', expires_in: 7200 });

describe('checking an app account', () => {
  it('finds a good account good, with the token that it fetched itself', async () => {
    const http = new ScriptedProviderHttp(token, answer({ ip_list: ['182.254.11.176'], errcode: 0, errmsg: 'ok' }));
    const findings = await checkAppAccount(makeCall(account, http, { token: '' }));
    expect(findings.map(({ check, ok }) => [check, ok])).toEqual([
      ['credentials', true],
      ['api_access', true],
    ]);
    expect(http.requests[1]?.url).toBe('https://vendor.example/cgi-bin/get_api_domain_ip?access_token=t');
  });

  it('stops at a wrong secret and says how to mend it', async () => {
    const http = new ScriptedProviderHttp(answer({ errcode: 40001, errmsg: 'invalid credential' }));
    const findings = await checkAppAccount(makeCall(account, http));
    expect(findings).toMatchObject([{ check: 'credentials', ok: false, remedy: { zh: expect.any(String) } }]);
  });

  it('tells an untrusted address from a bad credential', async () => {
    const http = new ScriptedProviderHttp(token, answer({ errcode: 60020, errmsg: 'not allow' }));
    const findings = await checkAppAccount(makeCall(account, http));
    expect(findings[1]).toMatchObject({ ok: false, text: { en: 'The egress IP is not a trusted IP' } });
  });

  it('turns an unreachable vendor into a finding', async () => {
    const http = new ScriptedProviderHttp(new RetryableDeliveryError('connect_failed', 'refused', false));
    expect(await checkAppAccount(makeCall(account, http))).toMatchObject([{ check: 'credentials', ok: false }]);
  });
});
