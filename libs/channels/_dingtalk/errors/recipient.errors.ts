import type { ProviderErrorTable } from '../../provider-errors.js';
import { forCodes } from './for-codes.js';
import { REMEDY } from './remedies.js';

/** Codes that refuse the addressees of a call. */
export const RECIPIENT_ERRORS: ProviderErrorTable = {
  ...forCodes([40003, 33012, 60111, 40031, 60121, 46004], {
    class: 'recipient',
    reason: 'recipient_unknown',
    text: { zh: '钉钉中没有这个用户', en: 'DingTalk knows no such user' },
    remedy: { zh: '核对 userid', en: 'Check the userid' },
  }),
  ...forCodes([40104], {
    class: 'recipient',
    reason: 'recipient_unknown',
    text: { zh: '手机号无效', en: 'The mobile number is invalid' },
    remedy: REMEDY.userId,
  }),
  ...forCodes([60120], {
    class: 'recipient',
    reason: 'recipient_disabled',
    text: { zh: '用户已被禁用', en: 'The user is disabled' },
    remedy: REMEDY.otherChannel,
  }),
  ...forCodes([81002], {
    class: 'recipient',
    reason: 'recipient_refuses',
    text: { zh: '用户拒收消息', en: 'The user refuses messages' },
    remedy: REMEDY.otherChannel,
  }),
  ...forCodes([40009, 60003], {
    class: 'recipient',
    reason: 'department_unknown',
    text: { zh: '部门不存在', en: 'The department does not exist' },
    remedy: REMEDY.directory,
  }),
  ...forCodes([50002, 50004], {
    class: 'recipient',
    reason: 'outside_scope',
    text: { zh: '用户或部门不在应用的可见范围内', en: 'The user or department is outside the scope of the app' },
    remedy: { zh: '在应用的可见范围中加入该用户或部门', en: 'Add the user or department to the scope of the app' },
  }),
  ...forCodes([143105, 143205], {
    class: 'recipient',
    reason: 'person_daily_limit',
    text: { zh: '今天发给此人的消息已达上限', en: "Today's messages of this app to this person are used up" },
    remedy: REMEDY.tomorrow,
  }),
  ...forCodes([143106, 143206], {
    class: 'recipient',
    reason: 'same_content_today',
    text: { zh: '今天已给此人发过相同内容', en: 'This person already got the same content today' },
    remedy: REMEDY.otherContent,
  }),
  ...forCodes([1430004], {
    class: 'recipient',
    reason: 'recipient_protected',
    text: { zh: '此人受高管保护', en: 'Executive protection shields this person' },
    remedy: REMEDY.otherChannel,
  }),
};
