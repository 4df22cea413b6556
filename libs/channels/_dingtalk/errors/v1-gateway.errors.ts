import type { ProviderErrorRule, ProviderErrorTable } from '../../provider-errors.js';
import { forCodes } from './for-codes.js';
import { REMEDY } from './remedies.js';
import { SETUP_ERRORS } from './setup.errors.js';
import { THROTTLE_ERRORS } from './throttle.errors.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const FORBIDDEN = 'Forbidden.AccessDenied';

/** The newer family names with words what the older one numbers: both mean the same to an operator. */
function sameAs(code: number): ProviderErrorRule {
  const rule = { ...SETUP_ERRORS, ...THROTTLE_ERRORS }[String(code)];
  if (!rule) throw new TypeError(`No rule for ${code}`);
  return rule;
}

/** What the gateway before every call of the newer API family answers: tokens, rights, throttling, trouble. */
export const V1_GATEWAY_ERRORS: ProviderErrorTable = {
  ...forCodes(['InvalidAuthentication', 'accesstoken.expired', 'HTTP 401'], sameAs(40014)),
  ...forCodes(['invalidParameter.token.invalid', 'token.notExisted'], sameAs(40014)),
  ...forCodes(['AuthenticationFailed.MissingParameter'], sameAs(41001)),
  ...forCodes(
    ['invalidClientIdOrSecret', 'invalid.client', 'unsupported.grant.type', 'unauthorized.client'],
    sameAs(40096),
  ),
  ...forCodes(['HTTP 404', 'HTTP 405', 'InvalidAction.NotFound'], sameAs(404)),
  ...forCodes([`${FORBIDDEN}.ApiCountLimitForOrg`], sameAs(90020)),
  ...forCodes([`${FORBIDDEN}.AccessTokenPermissionDenied`], sameAs(60011)),
  ...forCodes([`${FORBIDDEN}.IpNotInWhiteList`], sameAs(60020)),
  ...forCodes(
    [
      `${FORBIDDEN}.QpsLimitForAppkeyAndApi`,
      `${FORBIDDEN}.QpsLimitForSuitekeyAndOrgAndApi`,
      `${FORBIDDEN}.QpsLimitForApi`,
    ],
    sameAs(90018),
  ),
  ...forCodes([`${FORBIDDEN}.QpmLimitForAppkeyAndApi`, `${FORBIDDEN}.QpmLimitForSuitekeyAndOrgAndApi`], {
    class: 'rate',
    reason: 'provider_throttled',
    waitMs: MINUTE_MS,
    text: { zh: '接口每分钟调用次数超过限制', en: 'Too many calls of this API in one minute' },
    remedy: { zh: '降低并发', en: 'Send more slowly' },
  }),
  ...forCodes(['system.busy', 'systemBusy', 'ServiceUnavailable'], {
    class: 'rate',
    reason: 'provider_throttled',
    waitMs: SECOND_MS,
    text: { zh: '钉钉系统繁忙，要求放慢', en: 'DingTalk is busy and asks to slow down' },
    remedy: REMEDY.slower,
  }),
  ...forCodes(['system.error', 'systemError', 'unknownError', 'server.error', 'HTTP 500'], {
    class: 'retry',
    reason: 'provider_error',
    text: { zh: '钉钉系统异常', en: 'DingTalk met an internal error' },
  }),
};
