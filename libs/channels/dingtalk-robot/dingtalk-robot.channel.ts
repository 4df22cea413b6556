import { ROBOT_ERRORS } from './dingtalk-robot.errors.js';
import { bytes } from '#libs/core';
import type { ChannelDefinition } from '../channel.js';
import { ROBOT_CONTENTS } from './contents/index.js';
import { DingtalkRobotAccount } from './dingtalk-robot.account.js';
import { dingtalkRobotCompat } from './dingtalk-robot.compat.js';
import { DingtalkRobotHandler } from './dingtalk-robot.handler.js';
import { appendMentions } from './dingtalk-robot.mentions.js';
import { normalizeRobotAccount } from './dingtalk-robot.webhook.js';

/** Messages of a custom robot to its DingTalk group. */
export const dingtalkRobot: ChannelDefinition<DingtalkRobotAccount> = {
  name: 'dingtalk-robot',
  family: 'dingtalk',
  label: { zh: '钉钉机器人', en: 'DingTalk robot' },
  short: { zh: '钉钉群', en: 'Ding group' },
  account: DingtalkRobotAccount,
  contents: ROBOT_CONTENTS,
  addressing: { to: 'group', maxMentions: 50 },
  options: [],
  // Above it the vendor blocks the robot for ten minutes.
  limits: [
    {
      key: 'perMinute',
      label: { zh: '每分钟', en: 'Per minute' },
      scope: 'account',
      limit: 20,
      windowSeconds: 60,
    },
  ],
  recall: {
    supported: false,
    why: {
      zh: '钉钉群机器人没有撤回接口，可以发送更正',
      en: 'DingTalk has no recall for group robots; send a correction instead',
    },
  },
  receipts: {
    supported: false,
    why: {
      zh: '钉钉群机器人接口不返回消息 ID，也查不到送达和已读，“已发送”就是最终状态',
      en: 'DingTalk’s group robots answer without a message id, and nothing tells who has read: “sent” is the last state',
    },
  },
  // The vendor shows a repeated `msgUuid` only once.
  resendsAfterAmbiguity: 3,
  bodyLimit: bytes(20_000),
  handler: new DingtalkRobotHandler(),
  errors: ROBOT_ERRORS,
  mention: appendMentions,
  normalizeAccount: normalizeRobotAccount,
  compat: dingtalkRobotCompat,
  sandbox: {
    account: {
      webhook: 'd1a9000000000000000000000000000000000000000000000000000000000b02',
      secret: 'SECsandbox000000000000000000000000000000000000000000000000000000001',
    },
    content: { kind: 'text', content: '鸿雁演示：现在是 {{time}}，这是发到钉钉群的第 {{counter}} 条消息。' },
    recipients: [],
  },
};
