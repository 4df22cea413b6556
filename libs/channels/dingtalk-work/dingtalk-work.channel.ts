import { LEGACY_ERRORS } from '../_dingtalk/errors/index.js';
import { fetchAppToken } from '../_dingtalk/app-token.js';
import { dingtalkCallback } from '../_dingtalk/callback/dingtalk-callback.js';
import { dingtalkDirectory } from '../_dingtalk/directory.js';
import type { ChannelDefinition } from '../channel.js';
import { WORK_CONTENTS } from './contents/index.js';
import { checkStatusBarAudience } from './dingtalk-work.audience.js';
import { DingtalkWorkAccount, secretsOf } from './dingtalk-work.account.js';
import { checkWorkAccount } from './dingtalk-work.check.js';
import { DingtalkWorkHandler } from './dingtalk-work.handler.js';
import { WORK_LIMITS } from './dingtalk-work.limits.js';
import { WORK_MEDIA } from './dingtalk-work.media.js';
import { dingtalkStatusBar } from './status-bar.js';

const DAY_SECONDS = 86_400;

/** Work messages of an in-house DingTalk app to persons, departments or everybody. */
export const dingtalkWork: ChannelDefinition<DingtalkWorkAccount> = {
  name: 'dingtalk-work',
  family: 'dingtalk',
  label: { zh: '钉钉工作通知', en: 'DingTalk work message' },
  short: { zh: '钉钉工作', en: 'Ding work' },
  account: DingtalkWorkAccount,
  contents: WORK_CONTENTS,
  addressing: { to: 'people', perCall: { user: 100, department: 20, all: 1 }, separators: [','] },
  options: [],
  limits: WORK_LIMITS,
  recall: { supported: true, windowSeconds: DAY_SECONDS },
  receipts: { supported: true, windowSeconds: DAY_SECONDS, tellsRead: true },
  // The vendor shows the same content to a person only once a day.
  resendsAfterAmbiguity: 3,
  handler: new DingtalkWorkHandler(),
  errors: LEGACY_ERRORS,
  checkAddressees: checkStatusBarAudience,
  fetchToken: (call) => fetchAppToken(call, call.account, secretsOf(call.account)),
  media: WORK_MEDIA,
  cards: dingtalkStatusBar,
  callback: dingtalkCallback,
  directory: dingtalkDirectory(secretsOf),
  checkAccount: checkWorkAccount,
  sandbox: {
    account: { appKey: 'dingsandboxkey01', appSecret: 'sandbox-secret-work-01', agentId: 1000000001 },
    content: { kind: 'text', content: '鸿雁演示：现在是 {{time}}，这是第 {{counter}} 条钉钉工作通知。' },
    recipients: [{ dingtalk: 'manager01' }, { dingtalk: 'user02' }],
  },
};
