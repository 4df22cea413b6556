import { accountSecrets } from '../account-secrets.js';
import { credential } from '../credential.js';
import { IntegerField, TextField } from '../fields.js';

const CALLBACKS = { zh: '回调', en: 'Callbacks' };

/** One self-built app of a corp. */
export class WecomAppAccount {
  @TextField({
    label: { zh: '企业 ID', en: 'Corp id' },
    hint: { zh: '管理后台 → 我的企业 → 企业信息', en: 'Admin console → My company → Company information' },
    example: 'ww1a2b3c4d5e6f7a8b',
    pattern: credential,
  })
  corpId!: string;

  @TextField({
    label: { zh: '应用 Secret', en: 'App secret' },
    hint: { zh: '管理后台 → 应用管理 → 应用详情', en: "Admin console → Apps → the app's page" },
    secret: true,
    pattern: credential,
  })
  corpSecret!: string;

  @IntegerField({ label: { zh: 'AgentId', en: 'Agent id' }, example: 1000002 })
  agentId!: number;

  @TextField({
    label: { zh: '通讯录同步 Secret', en: 'Contacts-sync secret' },
    group: { zh: '通讯录', en: 'Contacts' },
    required: false,
    allowEmpty: false,
    secret: true,
    pattern: credential,
  })
  contactsSecret?: string;

  @TextField({
    label: { zh: '回调 Token', en: 'Callback token' },
    group: CALLBACKS,
    required: false,
    allowEmpty: false,
    secret: true,
    pattern: credential,
  })
  callbackToken?: string;

  @TextField({
    label: { zh: '回调 EncodingAESKey', en: 'Callback EncodingAESKey' },
    group: CALLBACKS,
    required: false,
    allowEmpty: false,
    secret: true,
    pattern: credential,
  })
  callbackAesKey?: string;
}

/** What must not show in an error of this account. */
export const secretsOf = (account: WecomAppAccount): readonly string[] => accountSecrets(WecomAppAccount, account);
