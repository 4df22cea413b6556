import { WECOM_ERRORS } from '../_wecom/errors/index.js';
import { REMEDY, rule } from '../_wecom/errors/rule.js';
import { errorsOn, type ProviderErrorTable } from '../provider-errors.js';

/** What stands for a code: the list of an answer that names who is left out, and the states of a result that failed. */
export const LEFT_OUT = 'fail_list';
export const NOT_A_FRIEND = 'status_2';
export const OVER_LIMIT = 'status_3';

const UNKNOWN_TASK = rule(
  'content',
  'content_invalid',
  ['群发 ID 无效', 'The mass message id is not valid'],
  REMEDY.massMessage,
);

const OF_THIS_CHANNEL: ProviderErrorTable = {
  '41047': {
    ...UNKNOWN_TASK,
    cases: [{ ...UNKNOWN_TASK, on: 'recall', reason: 'recall_rejected', remedy: REMEDY.correction }],
  },
  [LEFT_OUT]: rule(
    'recipient',
    'customer_unreachable',
    ['客户 ID 无效或无法送达', 'The customer id is not valid, or nobody may write to them'],
    REMEDY.customers,
  ),
  [NOT_A_FRIEND]: rule(
    'recipient',
    'customer_unreachable',
    ['客户已不是好友', 'The customer is no contact any more'],
    REMEDY.customers,
  ),
  [OVER_LIMIT]: rule(
    'recipient',
    'over_vendor_limit',
    ['客户已收到其他群发消息，达到接收上限', 'The customer has had as many mass messages as the vendor allows'],
    {
      zh: '等到下一个周期再发；上限由平台与管理员设定（每日、每周或每月）',
      en: 'Send in the next period; vendor and administrator set the limit per day, week or month',
    },
  ),
};

export const WECOM_CUSTOMER_ERRORS: ProviderErrorTable = { ...WECOM_ERRORS, ...OF_THIS_CHANNEL };
export const CANCEL_ERRORS = errorsOn('recall', WECOM_CUSTOMER_ERRORS);
export const RESULT_ERRORS = errorsOn('receipts', WECOM_CUSTOMER_ERRORS);
