import { bytes } from '#libs/core';
import { fetchV1AppToken } from '../_dingtalk/app-token.js';
import { dingtalkDirectory } from '../_dingtalk/directory.js';
import type { ChannelDefinition } from '../channel.js';
import { APP_ROBOT_CONTENTS } from './contents/index.js';
import { DingtalkAppRobotAccount, secretsOf } from './dingtalk-app-robot.account.js';
import { checkAppRobotAccount } from './dingtalk-app-robot.check.js';
import { APP_ROBOT_ERRORS } from './dingtalk-app-robot.errors.js';
import { DingtalkAppRobotHandler } from './dingtalk-app-robot.handler.js';
import { APP_ROBOT_MEDIA } from './dingtalk-app-robot.media.js';

const DAY_SECONDS = 86_400;

/** Messages of the robot of an in-house DingTalk app to persons or to one chat group, both of which can be recalled. */
export const dingtalkAppRobot: ChannelDefinition<DingtalkAppRobotAccount> = {
  name: 'dingtalk-app-robot',
  family: 'dingtalk',
  label: { zh: '钉钉应用机器人', en: 'DingTalk app robot' },
  short: { zh: '钉钉单聊', en: 'Ding chat' },
  account: DingtalkAppRobotAccount,
  contents: APP_ROBOT_CONTENTS,
  addressing: { to: 'people', orGroup: true, perCall: { user: 20 }, separators: [] },
  options: [],
  limits: [
    {
      key: 'perSecond',
      label: { zh: '每秒', en: 'Per second' },
      scope: 'account',
      limit: 20,
      windowSeconds: 1,
    },
  ],
  // The vendor states the window for one-to-one messages only.
  recall: { supported: true, windowSeconds: DAY_SECONDS },
  receipts: { supported: true, windowSeconds: DAY_SECONDS, tellsRead: true },
  // These calls have no key by which the vendor would know a repetition.
  resendsAfterAmbiguity: 1,
  // Of `msgParam`, which is the content as JSON text.
  bodyLimit: bytes(15_000),
  handler: new DingtalkAppRobotHandler(),
  errors: APP_ROBOT_ERRORS,
  fetchToken: (call) => fetchV1AppToken(call, call.account, secretsOf(call.account)),
  media: APP_ROBOT_MEDIA,
  directory: dingtalkDirectory(secretsOf),
  checkAccount: checkAppRobotAccount,
  sandbox: {
    account: {
      appKey: 'dingsandboxkey01',
      appSecret: 'sandbox-secret-work-01',
      robotCode: 'dingsandboxrobot01',
    },
    content: { kind: 'sampleText', content: '鸿雁演示：现在是 {{time}}，这是第 {{counter}} 条钉钉机器人单聊消息。' },
    recipients: [{ dingtalk: 'manager01' }, { dingtalk: 'user02' }],
  },
};
