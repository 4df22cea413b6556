import { wecomAppMedia } from '../_wecom/app-media.js';
import { fetchAppToken } from '../_wecom/app-token.js';
import { WECOM_MEDIA_RULES } from '../_wecom/media-upload.js';
import type { ChannelDefinition } from '../channel.js';
import { checkCustomerAccount } from './check-customer-account.js';
import { WECOM_CUSTOMER_CONTENTS } from './contents/index.js';
import { wecomCustomers } from './customer-contacts.js';
import { WecomCustomerAccount, secretsOf } from './wecom-customer.account.js';
import { WECOM_CUSTOMER_ERRORS } from './wecom-customer.errors.js';
import { WecomCustomerHandler } from './wecom-customer.handler.js';

const DAY_SECONDS = 86_400;

/** The vendor names no end; after a week nobody is likely to confirm any more. */
const WEEK_SECONDS = 7 * DAY_SECONDS;

/** No attachment is a voice. */
const { image, video, file } = WECOM_MEDIA_RULES;
const CUSTOMER_MEDIA_RULES = { image, video, file };

/** Messages that members send to customers once they have confirmed them. */
export const wecomCustomer: ChannelDefinition<WecomCustomerAccount> = {
  name: 'wecom-customer',
  family: 'wecom',
  label: { zh: '企业微信客户群发', en: 'WeCom customers' },
  short: { zh: '企微客户', en: 'WeCom cust.' },
  account: WecomCustomerAccount,
  contents: WECOM_CUSTOMER_CONTENTS,
  addressing: { to: 'people', who: 'customers', perCall: { user: 10_000, tag: 100 }, separators: [] },
  options: [],
  // A customer gets as many mass messages a month as it has days, from all members together; what is above fails when
  // the member confirms it. The shortest month is safe in every month.
  limits: [
    {
      key: 'customerPerMonth',
      label: { zh: '每位客户每月', en: 'Per customer and month' },
      scope: 'person',
      limit: 28,
      windowSeconds: 31 * DAY_SECONDS,
    },
  ],
  recall: { supported: true, windowSeconds: WEEK_SECONDS },
  receipts: { supported: true, windowSeconds: WEEK_SECONDS, tellsRead: false, awaits: 'waiting_confirmation' },
  // The vendor makes a second task of a repeated call.
  resendsAfterAmbiguity: 1,
  handler: new WecomCustomerHandler(),
  errors: WECOM_CUSTOMER_ERRORS,
  fetchToken: (call) => fetchAppToken(call, call.account, secretsOf(call.account)),
  media: { ...wecomAppMedia(secretsOf), rules: CUSTOMER_MEDIA_RULES },
  customers: wecomCustomers,
  checkAccount: checkCustomerAccount,
  sandbox: {
    account: {
      corpId: 'wwsandbox00000001',
      corpSecret: 'sandbox-secret-app-1000004',
      sender: 'zhangsan',
    },
    content: { kind: 'text', content: '鸿雁演示：客户消息第 {{counter}} 条，发送于 {{time}}' },
    recipients: [{ customer: 'wmSandboxCustomer0001' }, { customer: 'wmSandboxCustomer0002' }],
  },
};
