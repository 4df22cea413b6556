import { codesBetween, forCodes } from '../_dingtalk/errors/for-codes.js';
import { REMEDY } from '../_dingtalk/errors/remedies.js';
import { CALL_ERRORS } from '../_dingtalk/errors/setup.errors.js';
import { THROTTLE_ERRORS } from '../_dingtalk/errors/throttle.errors.js';
import { ruleFor, type ProviderErrorRule, type ProviderErrorTable } from '../provider-errors.js';
import { SECURITY_SETTINGS, naming } from './dingtalk-robot.security.js';

const MINUTE_MS = 60_000;

const ROBOT_REMOVED: ProviderErrorRule = {
  class: 'credentials',
  reason: 'robot_removed',
  text: { zh: '机器人不存在或 access_token 不正确', en: 'The robot does not exist or its access_token is wrong' },
  remedy: {
    zh: '在群设置中确认机器人仍在，并重新填写 Webhook',
    en: 'See that the robot is still in the group and enter its webhook anew',
  },
};

const FIELD_FAULT: ProviderErrorRule = {
  class: 'content',
  reason: 'content_invalid',
  text: { zh: '消息的字段缺失或格式不正确', en: 'A field of the message is missing or malformed' },
  remedy: REMEDY.template,
};

/** Codes of a webhook robot. */
export const ROBOT_ERRORS: ProviderErrorTable = {
  ...THROTTLE_ERRORS,
  ...CALL_ERRORS,
  ...forCodes([310000], SECURITY_SETTINGS),
  // Documented as 400101; live answers were 300001 and, since 2024, 300005.
  ...forCodes([300001, 300005, 400101, 400106], ROBOT_REMOVED),
  ...forCodes([400102], {
    class: 'credentials',
    reason: 'robot_disabled',
    text: { zh: '机器人已停用', en: 'The robot is stopped' },
    remedy: { zh: '在群设置中启用机器人', en: 'Enable the robot in the group settings' },
  }),
  ...forCodes([400013], {
    class: 'recipient',
    reason: 'group_gone',
    text: { zh: '群已解散', en: 'The group was dissolved' },
    remedy: { zh: '把账号换成新群的机器人', en: 'Give the account the robot of another group' },
  }),
  ...forCodes([400105], {
    class: 'content',
    reason: 'kind_unsupported',
    text: { zh: '不支持的消息类型', en: 'This message type is not supported' },
    remedy: REMEDY.template,
  }),
  // One code for a malformed body and for a webhook without its token.
  ...forCodes([40035], { ...FIELD_FAULT, cases: [{ says: ['access_token'], ...ROBOT_REMOVED }] }),
  ...forCodes(codesBetween(400400, 400499), FIELD_FAULT),
  ...forCodes([130101, 410100], {
    class: 'rate',
    reason: 'provider_blocked',
    waitMs: 10 * MINUTE_MS,
    text: {
      zh: '每分钟超过 20 条，机器人被限流 10 分钟',
      en: 'More than 20 messages in a minute: blocked for 10 minutes',
    },
    remedy: { zh: '检查是否有其他系统使用同一机器人', en: 'Look for other systems that use the same robot' },
  }),
  ...forCodes([660026], {
    class: 'rate',
    reason: 'provider_throttled',
    waitMs: MINUTE_MS,
    text: { zh: '每分钟发送的消息过多', en: 'Too many messages in a minute' },
    remedy: REMEDY.slower,
  }),
  ...forCodes([460101, 101002], {
    class: 'content',
    reason: 'content_too_long',
    text: { zh: '消息超过 20000 字节', en: 'The message is longer than 20000 bytes' },
    remedy: REMEDY.shorten,
  }),
  ...forCodes([430101], {
    class: 'content',
    reason: 'link_forbidden',
    text: { zh: '含不安全的外部链接', en: 'The message holds an unsafe external link' },
    remedy: REMEDY.link,
  }),
  ...forCodes([430102, 430103, 430104], {
    class: 'content',
    reason: 'content_forbidden',
    text: { zh: '文字、图片或内容不合适', en: 'A text, picture or the content is unfit' },
    remedy: REMEDY.wording,
  }),
};

/** What an answer of a webhook robot means; `keywords` are those on file for the account. */
export function robotRule(
  code: string,
  message: string,
  keywords: readonly string[] = [],
): ProviderErrorRule | undefined {
  const rule = ruleFor(ROBOT_ERRORS, code, message);
  return rule && naming(keywords, rule);
}
