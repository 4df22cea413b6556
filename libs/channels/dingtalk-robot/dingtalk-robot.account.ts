import { accountSecrets } from '../account-secrets.js';
import { credential } from '../credential.js';
import { TextField, TextsField } from '../fields.js';

/** A custom robot of one group. */
export class DingtalkRobotAccount {
  @TextField({
    label: { zh: 'Webhook', en: 'Webhook' },
    hint: {
      zh: '完整的 Webhook 地址，或只填其中的 access_token；只保存 access_token',
      en: 'The whole webhook address, or just its access_token; only the access_token is kept',
    },
    secret: true,
    format: 'key',
    pattern: credential,
  })
  webhook!: string;

  @TextField({
    label: { zh: '加签密钥', en: 'Signing secret' },
    hint: { zh: '安全设置选择“加签”时填写，以 SEC 开头', en: 'For robots with signing; begins with SEC' },
    required: false,
    secret: true,
    format: 'key',
    allowEmpty: false,
    pattern: credential,
  })
  secret?: string;

  @TextsField({
    label: { zh: '自定义关键词', en: 'Keywords' },
    hint: {
      zh: '安全设置中的关键词；消息至少要包含其中一个',
      en: 'As in the security settings of the robot; a message must contain at least one of them',
    },
    required: false,
    maxItems: 10,
  })
  keywords?: string[];
}

export const secretsOf = (account: DingtalkRobotAccount): readonly string[] =>
  accountSecrets(DingtalkRobotAccount, account);
