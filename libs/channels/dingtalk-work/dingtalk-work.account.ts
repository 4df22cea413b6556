import { DingtalkAppCredentials } from '../_dingtalk/app.account.js';
import { accountSecrets } from '../account-secrets.js';
import { credential } from '../credential.js';
import { IntegerField, TextField } from '../fields.js';

const CALLBACKS = { zh: '回调', en: 'Callbacks' };

/** An in-house app of one organisation. */
export class DingtalkWorkAccount extends DingtalkAppCredentials {
  @IntegerField({
    label: { zh: 'AgentId', en: 'Agent id' },
    hint: { zh: '与凭证属于同一应用', en: 'Of the same app as the credentials' },
    example: 1000000001,
  })
  agentId!: number;

  @TextField({
    label: { zh: '回调 Token', en: 'Callback token' },
    group: CALLBACKS,
    required: false,
    secret: true,
    format: 'key',
    allowEmpty: false,
    pattern: credential,
  })
  callbackToken?: string;

  @TextField({
    label: { zh: '回调加密 AES Key', en: 'Callback AES key' },
    group: CALLBACKS,
    required: false,
    secret: true,
    format: 'key',
    allowEmpty: false,
    pattern: credential,
  })
  callbackAesKey?: string;
}

export const secretsOf = (account: DingtalkWorkAccount): readonly string[] =>
  accountSecrets(DingtalkWorkAccount, account);
