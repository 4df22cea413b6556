import { WECOM_ERRORS } from '../_wecom/errors/index.js';
import { REMEDY, rule } from '../_wecom/errors/rule.js';
import type { ProviderErrorTable } from '../provider-errors.js';

/** Lists in which an answer names the addressees that it leaves out (doc 90236); they stand for a code. */
const LEFT_OUT: ProviderErrorTable = {
  invaliduser: rule(
    'recipient',
    'recipient_unknown',
    ['成员不存在或不在应用可见范围', "The member does not exist or is outside the app's visible range"],
    REMEDY.visibleRange,
  ),
  invalidparty: rule(
    'recipient',
    'department_unknown',
    ['部门不存在或不在应用可见范围', "The department does not exist or is outside the app's visible range"],
    REMEDY.visibleRange,
  ),
  invalidtag: rule(
    'recipient',
    'tag_unknown',
    ['标签不存在或不在应用可见范围', "The tag does not exist or is outside the app's visible range"],
    REMEDY.visibleRange,
  ),
  unlicenseduser: rule(
    'recipient',
    'no_license',
    ['成员没有接口许可', 'The member has no API licence'],
    REMEDY.license,
  ),
};

export const WECOM_APP_ERRORS: ProviderErrorTable = { ...WECOM_ERRORS, ...LEFT_OUT };
