import { accountSecrets } from '../account-secrets.js';
import { credential } from '../credential.js';
import { TextField } from '../fields.js';

const USER_ID = /^[0-9A-Za-z][0-9A-Za-z_\-@.]{0,63}$/;

/** One self-built app of a corp that may call the customer contact API. */
export class WecomCustomerAccount {
  @TextField({
    label: { zh: '企业 ID', en: 'Corp id' },
    hint: { zh: '管理后台 → 我的企业 → 企业信息', en: 'Admin console → My company → Company information' },
    example: 'ww1a2b3c4d5e6f7a8b',
    pattern: credential,
  })
  corpId!: string;

  @TextField({
    label: { zh: '应用 Secret', en: 'App secret' },
    hint: {
      zh: '须在“客户联系 → 可调用接口的应用”中勾选该应用',
      en: 'The app must be listed under Customer contact → Callable apps',
    },
    secret: true,
    pattern: credential,
  })
  corpSecret!: string;

  @TextField({
    label: { zh: '发送成员', en: 'Sending member' },
    hint: {
      zh: '由该成员确认并发送；留空则由最近联系该客户的成员发送',
      en: 'Who confirms and sends; left empty, whoever last spoke with the customer does',
    },
    example: 'liu.fang',
    required: false,
    allowEmpty: false,
    pattern: {
      source: USER_ID.source,
      test: (text) => USER_ID.test(text),
      message: 'must be a user id: 1 to 64 letters, digits, "_", "-", "@" or ".", the first one a letter or digit',
    },
  })
  sender?: string;
}

/** What must not show in an error of this account. */
export const secretsOf = (account: WecomCustomerAccount): readonly string[] =>
  accountSecrets(WecomCustomerAccount, account);
