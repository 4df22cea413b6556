import { finding, type Check } from '../_wecom/account-finding.js';
import { fetchAppToken } from '../_wecom/app-token.js';
import type { AccountFinding } from '../channel.js';
import { wecomCustomers } from './customer-contacts.js';
import { secretsOf } from './wecom-customer.account.js';
import type { CustomerCall } from './wecom-customer.client.js';

const CREDENTIALS: Check = {
  check: 'credentials',
  passed: { zh: '企业 ID 与 Secret 有效', en: 'Corp id and secret are valid' },
};

const CUSTOMER_CONTACT: Check = {
  check: 'customer_contact',
  passed: { zh: '应用可以调用客户联系接口', en: 'The app may call the customer contact API' },
};

const SENDER: Check = {
  check: 'sender',
  passed: { zh: '发送成员可以联系客户', en: 'The sending member may have customers' },
};

/** Fetches a token and lists the members who may have customers, among whom the sender must be. Sends nothing. */
export async function checkCustomerAccount(call: CustomerCall): Promise<readonly AccountFinding[]> {
  let token = '';
  const credentials = await finding(CREDENTIALS, async () => {
    token = (await fetchAppToken(call, call.account, secretsOf(call.account))).value;
  });
  if (!credentials.ok) return [credentials];
  let members: readonly string[] = [];
  const contact = await finding(CUSTOMER_CONTACT, async () => {
    members = await wecomCustomers.listMembers({ ...call, token });
  });
  const { sender } = call.account;
  if (!contact.ok || sender === undefined) return [credentials, contact];
  return [credentials, contact, senderFinding(sender, members)];
}

function senderFinding(sender: string, members: readonly string[]): AccountFinding {
  const isMember = members.some((member) => member.toLowerCase() === sender.toLowerCase());
  if (isMember) return { check: SENDER.check, ok: true, text: SENDER.passed };
  return {
    check: SENDER.check,
    ok: false,
    text: { zh: `成员 ${sender} 没有客户联系功能`, en: `The member ${sender} has no customer contact function` },
    remedy: {
      zh: '在“客户联系 → 权限配置 → 使用范围”中加入该成员',
      en: 'Add the member to the range of use under Customer contact',
    },
  };
}
