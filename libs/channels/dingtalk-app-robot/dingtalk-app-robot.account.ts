import { DingtalkAppCredentials } from '../_dingtalk/app.account.js';
import { accountSecrets } from '../account-secrets.js';
import { credential } from '../credential.js';
import { TextField } from '../fields.js';

/** The robot of an in-house app, writing to persons or to one chat group. */
export class DingtalkAppRobotAccount extends DingtalkAppCredentials {
  @TextField({
    label: { zh: 'RobotCode', en: 'Robot code' },
    hint: { zh: '企业内部应用通常与 AppKey 相同', en: 'For in-house apps usually the same as the app key' },
    format: 'key',
    pattern: credential,
  })
  robotCode!: string;

  @TextField({
    label: { zh: '群会话 ID（openConversationId）', en: 'Chat group (open conversation id)' },
    hint: {
      zh: '以 cid 开头；没有收件人的消息会发到这个群',
      en: 'Begins with cid; messages without recipients go to this group',
    },
    required: false,
    format: 'key',
    allowEmpty: false,
    pattern: credential,
  })
  openConversationId?: string;
}

export const secretsOf = (account: DingtalkAppRobotAccount): readonly string[] =>
  accountSecrets(DingtalkAppRobotAccount, account);
