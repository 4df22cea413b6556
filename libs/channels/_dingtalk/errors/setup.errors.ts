import type { ProviderErrorTable } from '../../provider-errors.js';
import { codesBetween, forCodes } from './for-codes.js';
import { REMEDY } from './remedies.js';

/** Codes that a wrong address or a malformed call of ours would earn. */
export const CALL_ERRORS: ProviderErrorTable = forCodes([22, 404, ...codesBetween(43001, 43005)], {
  class: 'account',
  reason: 'provider_rejected',
  text: { zh: '钉钉不认识这个接口或调用方式', en: 'DingTalk does not know this path or way of calling' },
  remedy: { zh: '检查账号的基础地址', en: 'Check the base address of the account' },
});

/** Codes about the token, the app and its rights. */
export const SETUP_ERRORS: ProviderErrorTable = {
  ...CALL_ERRORS,
  ...forCodes([33001, 40001, 40014, 42001], {
    class: 'token',
    reason: 'token_rejected',
    text: { zh: '访问令牌无效或已过期', en: 'The access token is invalid or has expired' },
    remedy: REMEDY.token,
  }),
  ...forCodes([40000, 41001, 43007], {
    class: 'account',
    reason: 'internal_error',
    text: { zh: '请求中没有访问令牌', en: 'The call carried no access token' },
    remedy: REMEDY.newVersion,
  }),
  ...forCodes([40013, 40089, 40096, 52010], {
    class: 'credentials',
    reason: 'secret_wrong',
    text: { zh: 'AppKey 或 AppSecret 不正确', en: 'The app key or app secret is wrong' },
    remedy: {
      zh: '在钉钉开放平台的“凭证与基础信息”中复制后重新填写',
      en: 'Copy both anew from the credentials page of the DingTalk developer console',
    },
  }),
  ...forCodes([40056, 41011, 52019, 70003, 70004], {
    class: 'credentials',
    reason: 'agent_mismatch',
    text: { zh: 'AgentId 不属于这个应用', en: 'The agent id does not belong to this app' },
    remedy: { zh: '填写同一应用的 AgentId', en: 'Enter the agent id of the same app' },
  }),
  ...forCodes([50003], {
    class: 'credentials',
    reason: 'app_disabled',
    text: { zh: '应用已停用', en: 'The app is stopped' },
    remedy: { zh: '在钉钉管理后台启用应用', en: 'Enable the app in the DingTalk admin console' },
  }),
  ...forCodes([50005, 70001], {
    class: 'credentials',
    reason: 'corp_disabled',
    text: { zh: '企业已停用或不存在', en: 'The organisation is disabled or gone' },
    remedy: REMEDY.corp,
  }),
  ...forCodes([60011, 41030, 48004], {
    class: 'credentials',
    reason: 'permission_missing',
    text: { zh: '应用没有调用该接口的权限', en: 'The app may not call this API' },
    remedy: {
      zh: '在开放平台的“权限管理”中申请提示的权限',
      en: 'Apply for the named permission on the permissions page of the developer console',
    },
  }),
  ...forCodes([41044], {
    class: 'account',
    reason: 'permission_missing',
    text: { zh: '应用被禁止发送消息', en: 'The app is forbidden to send messages' },
    remedy: REMEDY.allowSending,
  }),
  ...forCodes([60020], {
    class: 'credentials',
    reason: 'ip_not_trusted',
    text: { zh: '出口 IP 不在应用的白名单中', en: 'The outgoing IP is not on the white list of the app' },
    remedy: {
      zh: '把出口 IP 加入应用的服务器出口 IP 列表',
      en: 'Add the outgoing IP to the server IP list of the app',
    },
  }),
  ...forCodes([41028], {
    class: 'account',
    reason: 'broadcast_not_allowed',
    text: { zh: '应用不允许发送全员消息', en: 'The app may not address everybody' },
    remedy: { zh: '改为按部门或人员发送', en: 'Address departments or persons instead' },
  }),
  ...forCodes([90020], {
    class: 'account',
    reason: 'monthly_quota',
    text: { zh: '企业本月接口调用额度已用完', en: 'The monthly API quota of the organisation is used up' },
    remedy: { zh: '购买额度，或等到下月', en: 'Buy more calls, or wait for the next month' },
  }),
  // The gateway's wrapper without a code inside: refused before any business logic ran.
  ...forCodes([88], {
    class: 'account',
    reason: 'provider_rejected',
    text: { zh: '钉钉网关拒绝了请求', en: 'The DingTalk gateway refused the call' },
    remedy: REMEDY.newVersion,
  }),
};
