import type { ProviderErrorTable } from '../../provider-errors.js';
import { REMEDY, rule } from './rule.js';

/** Token, credentials, rights and state of an app and its corp (doc 90313). */
export const APP_ERRORS: ProviderErrorTable = {
  '40001': {
    ...rule('token', 'token_rejected', ['凭证无效', 'The credential is not valid'], REMEDY.credentials),
    cases: [
      {
        on: 'token',
        ...rule(
          'credentials',
          'secret_wrong',
          [
            'Secret 不正确、与企业 ID 不匹配，或应用已停用',
            'The secret is wrong or of another corp, or the app is disabled',
          ],
          REMEDY.credentials,
        ),
      },
    ],
  },
  '40014': rule('token', 'token_rejected', ['access_token 无效', 'The access token is not valid'], REMEDY.credentials),
  '41001': rule('token', 'token_rejected', ['缺少 access_token', 'The access token is missing'], REMEDY.token),
  '42001': rule('token', 'token_rejected', ['access_token 已过期', 'The access token has expired'], REMEDY.token),
  '40013': rule('credentials', 'secret_wrong', ['企业 ID 无效', 'The corp id is not valid'], REMEDY.credentials),
  '2000002': rule('credentials', 'secret_wrong', ['企业 ID 参数无效', 'The corp id is not valid'], REMEDY.credentials),
  '40091': rule('credentials', 'secret_wrong', ['Secret 无效', 'The secret is not valid'], REMEDY.credentials),
  '41002': rule('credentials', 'secret_wrong', ['缺少企业 ID', 'The corp id is missing'], REMEDY.credentials),
  '41004': rule('credentials', 'secret_wrong', ['缺少 Secret', 'The secret is missing'], REMEDY.credentials),
  '45031': rule(
    'credentials',
    'secret_wrong',
    ['Secret 强度不足，须重置', 'The secret is too weak and must be reset'],
    {
      zh: '在管理后台重置 Secret 后填写到账号',
      en: 'Reset the secret in the admin console and enter it in the account',
    },
  ),
  '40056': rule('credentials', 'agent_mismatch', ['AgentId 无效', 'The agent id is not valid'], REMEDY.credentials),
  '41011': rule('credentials', 'agent_mismatch', ['缺少 AgentId', 'The agent id is missing'], REMEDY.credentials),
  '301002': rule(
    'credentials',
    'agent_mismatch',
    ['AgentId 与凭证不是同一个应用', 'The agent id belongs to another app than the secret'],
    REMEDY.credentials,
  ),
  '48001': rule('credentials', 'permission_missing', ['接口未授权', 'The call is not authorised'], REMEDY.appRights),
  '48002': rule('credentials', 'permission_missing', ['无权调用接口', 'No right to make this call'], REMEDY.appRights),
  '48004': rule('credentials', 'permission_missing', ['授权已失效', 'The authorisation is void'], REMEDY.appRights),
  '48005': rule(
    'account',
    'permission_missing',
    ['接口已废弃', 'The call has been withdrawn by the vendor'],
    REMEDY.newVersion,
  ),
  '48006': rule(
    'credentials',
    'permission_missing',
    ['应用长期未用，权限已收回', 'The right was withdrawn: the app was unused for long'],
    REMEDY.enableApp,
  ),
  '48008': rule(
    'account',
    'permission_missing',
    ['只允许部分通讯录接口', 'Only some contact calls are allowed'],
    REMEDY.appRights,
  ),
  '48009': rule(
    'account',
    'permission_missing',
    ['新增 IP 的通讯录同步凭证不能读取详情', 'Contacts-sync may not read details from a new IP'],
    REMEDY.appRights,
  ),
  '50003': rule('credentials', 'app_disabled', ['应用已停用', 'The app is disabled'], REMEDY.enableApp),
  '50006': rule('credentials', 'app_disabled', ['系统应用已停用', 'The system app is disabled'], REMEDY.enableApp),
  '60020': rule(
    'credentials',
    'ip_not_trusted',
    ['出口 IP 不在可信 IP 中', 'The egress IP is not a trusted IP'],
    REMEDY.trustedIp,
  ),
  '60031': rule(
    'credentials',
    'permission_missing',
    ['应用被禁止调用接口', 'The app is barred from this call'],
    REMEDY.appRights,
  ),
  '301007': rule(
    'credentials',
    'corp_disabled',
    ['企业已解散或被封禁', 'The corp is dissolved or banned'],
    REMEDY.enableApp,
  ),
  '43012': rule(
    'account',
    'callback_missing',
    ['应用未配置回调地址', 'The app has no callback address'],
    REMEDY.callback,
  ),
};
