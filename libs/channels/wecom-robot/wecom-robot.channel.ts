import { WECOM_ROBOT_ERRORS } from '../_wecom/errors/index.js';
import type { ChannelDefinition } from '../channel.js';
import { WECOM_ROBOT_CONTENTS } from './contents/index.js';
import { mentionFaults, withMentions } from './robot-mentions.js';
import { WecomRobotAccount, normalizeRobotAccount } from './wecom-robot.account.js';
import { wecomRobotCompat } from './wecom-robot.compat.js';
import { WecomRobotHandler } from './wecom-robot.handler.js';
import { WECOM_ROBOT_MEDIA } from './wecom-robot.media.js';

/** Messages of a robot to its WeCom group (doc 91770). */
export const wecomRobot: ChannelDefinition<WecomRobotAccount> = {
  name: 'wecom-robot',
  family: 'wecom',
  label: { zh: '企业微信群机器人', en: 'WeCom group robot' },
  short: { zh: '企微群', en: 'WeCom group' },
  account: WecomRobotAccount,
  contents: WECOM_ROBOT_CONTENTS,
  // The vendor names no limit of mentions: what a message may have at most.
  addressing: { to: 'group', maxMentions: 10_000 },
  options: [],
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
      zh: '群机器人接口不返回消息 ID，也没有撤回接口；可以发送更正消息',
      en: 'The robot answers without a message id and has no recall; send a correction instead',
    },
  },
  receipts: {
    supported: false,
    why: {
      zh: '群机器人接口不返回消息 ID，也查不到送达和已读，“已发送”就是最终状态',
      en: 'The robot answers without a message id, and nothing tells who has read: “sent” is the last state',
    },
  },
  resendsAfterAmbiguity: 1,
  handler: new WecomRobotHandler(),
  errors: WECOM_ROBOT_ERRORS,
  checkMentions: mentionFaults,
  mention: withMentions,
  normalizeAccount: normalizeRobotAccount,
  media: WECOM_ROBOT_MEDIA,
  compat: wecomRobotCompat,
  sandbox: {
    account: { webhook: '5a4d0000-0000-4000-8000-00000000b0b1' },
    content: { kind: 'text', content: '鸿雁演示：企业微信群机器人消息第 {{counter}} 条，发送于 {{time}}' },
    recipients: [],
  },
};
