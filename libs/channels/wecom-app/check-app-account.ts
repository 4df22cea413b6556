import { finding, type Check } from '../_wecom/account-finding.js';
import { fetchAppToken } from '../_wecom/app-token.js';
import { WECOM_ERRORS } from '../_wecom/errors/index.js';
import { callWecom, refusalOf } from '../_wecom/wecom.client.js';
import type { AccountFinding } from '../channel.js';
import type { ProviderCall } from '../provider-call.js';
import { secretsOf, type WecomAppAccount } from './wecom-app.account.js';

const CREDENTIALS: Check = {
  check: 'credentials',
  passed: { zh: '企业 ID 与 Secret 有效', en: 'Corp id and secret are valid' },
};

const API_ACCESS: Check = {
  check: 'api_access',
  passed: { zh: '令牌可以调用接口', en: 'The token may call the API' },
};

/**
 * Fetches a token and makes the one call that needs no right of its own, `get_api_domain_ip`. Sends nothing.
 * A problem is a finding, never an exception.
 */
export async function checkAppAccount(call: ProviderCall<WecomAppAccount>): Promise<readonly AccountFinding[]> {
  let token = '';
  const credentials = await finding(CREDENTIALS, async () => {
    token = (await fetchAppToken(call, call.account, secretsOf(call.account))).value;
  });
  if (!credentials.ok) return [credentials];
  return [credentials, await finding(API_ACCESS, () => callApi(call, token))];
}

async function callApi(call: ProviderCall<WecomAppAccount>, token: string): Promise<void> {
  const query = { access_token: token };
  const reply = await callWecom(call, { path: 'get_api_domain_ip', query, proof: 'ip_list' });
  if (reply.errcode !== 0) throw refusalOf(reply, WECOM_ERRORS, [token, ...secretsOf(call.account)]);
}
