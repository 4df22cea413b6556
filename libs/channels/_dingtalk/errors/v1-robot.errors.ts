import type { ProviderErrorTable } from '../../provider-errors.js';
import { forCodes } from './for-codes.js';
import { REMEDY } from './remedies.js';

const MINUTE_MS = 60_000;

/** Codes with which the robot calls refuse the app or its robot. `x.*` stands for every code that begins with `x.`. */
export const V1_ROBOT_SETUP_ERRORS: ProviderErrorTable = {
  ...forCodes(['invalidParameter.robotCode.*', 'resource.not.found', 'not.allowed.robotCode'], {
    class: 'credentials',
    reason: 'robot_removed',
    text: { zh: 'robotCode 不存在或不属于这个应用', en: 'The robot code is unknown or not of this app' },
    remedy: {
      zh: '核对 robotCode，并确认带机器人的应用版本已发布',
      en: 'Check the robot code, and that the app version with the robot is published',
    },
  }),
  ...forCodes(['bot.stopped', 'resource.unavailable'], {
    class: 'credentials',
    reason: 'robot_disabled',
    text: { zh: '机器人已停用', en: 'The robot is stopped' },
    remedy: { zh: '在钉钉开放平台启用机器人', en: 'Enable the robot in the DingTalk developer console' },
  }),
  ...forCodes(['bot.forbidden.sendMessage', 'send.forbidden', 'chatbotId.notAllow.sendOTO'], {
    class: 'account',
    reason: 'permission_missing',
    text: { zh: '机器人被禁止发送消息', en: 'The robot is forbidden to send messages' },
    remedy: REMEDY.allowSending,
  }),
  ...forCodes(['unauthorized', 'auth.error'], {
    class: 'credentials',
    reason: 'permission_missing',
    text: { zh: '应用没有机器人发送消息的权限', en: 'The app may not send messages as a robot' },
    remedy: { zh: '申请权限 qyapi_robot_sendmsg', en: 'Apply for the permission qyapi_robot_sendmsg' },
  }),
  ...forCodes(['ip.not.match'], {
    class: 'credentials',
    reason: 'ip_not_trusted',
    text: { zh: '出口 IP 不在白名单中', en: 'The outgoing IP is not on the white list' },
    remedy: {
      zh: '把出口 IP 加入应用的服务器出口 IP 列表',
      en: 'Add the outgoing IP to the server IP list of the app',
    },
  }),
  ...forCodes(['sign.not.match'], {
    class: 'account',
    reason: 'signature_mismatch',
    text: { zh: '签名不匹配', en: 'The signature does not match' },
    remedy: REMEDY.newVersion,
  }),
  ...forCodes(['template.not.existed', 'template.stopped', 'miss.chatbotId'], {
    class: 'account',
    reason: 'provider_rejected',
    text: { zh: '消息模板或机器人在钉钉侧不可用', en: 'The message template or robot is not available at DingTalk' },
    remedy: REMEDY.newVersion,
  }),
  ...forCodes(['send.too.fast', 'send.byToken.tooFast', 'too.many.group', 'too.many.people'], {
    class: 'rate',
    reason: 'provider_throttled',
    waitMs: MINUTE_MS,
    text: { zh: '机器人发送过快', en: 'The robot sends too fast' },
    remedy: REMEDY.slower,
  }),
  ...forCodes(['unknown.send.result'], {
    class: 'unclear',
    reason: 'garbled_answer',
    text: { zh: '钉钉不知道消息是否已发出', en: 'DingTalk does not know whether the message went out' },
  }),
  ...forCodes(['send.ding.exception'], {
    class: 'retry',
    reason: 'provider_error',
    text: { zh: '钉钉系统异常', en: 'DingTalk met an internal error' },
  }),
};

/** Codes with which the robot calls refuse a group or a person. */
export const V1_ROBOT_RECIPIENT_ERRORS: ProviderErrorTable = {
  ...forCodes(
    [
      'miss.openConversationId',
      'invalid.openConversationId',
      'openConversationId.notExisted',
      'conversation.org.notMatch',
      'conversation.org.dismatch',
      'group.disbanded',
      'session.notExisted',
      'session.expired',
    ],
    {
      class: 'recipient',
      reason: 'group_gone',
      text: { zh: '群不存在、已解散或不属于本企业', en: 'The group is unknown, dissolved or of another organisation' },
      remedy: { zh: '核对账号的 openConversationId', en: 'Check the open conversation id of the account' },
    },
  ),
  ...forCodes(['robot.oto.notExist', 'staffId.notExisted', 'illegal.receivers'], {
    class: 'recipient',
    reason: 'recipient_unknown',
    text: {
      zh: '钉钉中没有这个用户，或机器人找不到他',
      en: 'DingTalk knows no such user, or the robot cannot find them',
    },
    remedy: { zh: '核对 userid', en: 'Check the userid' },
  }),
};

/** Codes with which the robot calls refuse what a message says. */
export const V1_ROBOT_CONTENT_ERRORS: ProviderErrorTable = {
  ...forCodes(
    [
      'invalidParameter.userIds.empty',
      'invalidParameter.userId.empty',
      'illegal.excludes',
      'invalidParameter.msgParam.invalid',
      'invalidParameter.msgBody.invalid',
      'invalidParameter.param.invalid',
      'miss.param.*',
      'invalid.param.*',
      'sendMessage.model.notMatch',
      'only.groupAdmin.canAtAll',
    ],
    {
      class: 'content',
      reason: 'content_invalid',
      text: { zh: '参数缺失或格式不正确', en: 'A parameter is missing or malformed' },
      remedy: REMEDY.template,
    },
  ),
  ...forCodes(['invalidParameter.userIds.overMax', 'receivers.exceed'], {
    class: 'content',
    reason: 'too_many_items',
    text: { zh: '一次发送的接收人过多', en: 'Too many receivers in one call' },
    remedy: REMEDY.split,
  }),
  ...forCodes(['invalidParameter.msgKey.*', 'invalidParameter.msg.unsupport'], {
    class: 'content',
    reason: 'kind_unsupported',
    text: { zh: '不支持的消息类型', en: 'This message type is not supported' },
    remedy: REMEDY.template,
  }),
  ...forCodes(['invalidParameter.msgParam.tooLong'], {
    class: 'content',
    reason: 'content_too_long',
    text: { zh: '消息内容超过 15000 字节', en: 'The message is longer than 15000 bytes' },
    remedy: REMEDY.shorten,
  }),
  ...forCodes(['keywords.not.match'], {
    class: 'content',
    reason: 'keyword_missing',
    text: { zh: '消息不包含机器人要求的关键词', en: 'The message holds none of the keywords of the robot' },
    remedy: REMEDY.template,
  }),
  ...forCodes(['contain.unsafe.url'], {
    class: 'content',
    reason: 'link_forbidden',
    text: { zh: '含不安全的链接', en: 'The message holds an unsafe link' },
    remedy: REMEDY.link,
  }),
  ...forCodes(['contain.notAllowed.*'], {
    class: 'content',
    reason: 'content_forbidden',
    text: { zh: '内容不合适', en: 'The content is unfit' },
    remedy: REMEDY.wording,
  }),
};

/** Codes of the calls that look for a sent message: recall and read state. */
export const V1_ROBOT_SENT_ERRORS: ProviderErrorTable = {
  ...forCodes(['robot.processQueryKey.expired', 'processQueryKey.expireTime'], {
    class: 'content',
    reason: 'recall_window_closed',
    text: { zh: '消息已超过可查询和撤回的时限', en: 'It is too late to ask about the message or to recall it' },
    remedy: REMEDY.correction,
  }),
  ...forCodes(
    [
      'invalid.processQueryKey',
      'invalidParameter.processQueryKey.missing',
      'invalidParameter.processQueryKeys.overMax',
      'notRevoke.all.messages',
    ],
    {
      class: 'content',
      reason: 'recall_rejected',
      text: { zh: '钉钉没有撤回这条消息', en: 'DingTalk did not take the message back' },
      remedy: REMEDY.correction,
    },
  ),
};
