import type { ProviderErrorRule, ProviderErrorTable } from '../../provider-errors.js';
import { codesBetween, forCodes } from './for-codes.js';
import { REMEDY } from './remedies.js';

const MALFORMED: ProviderErrorRule = {
  class: 'content',
  reason: 'content_invalid',
  text: { zh: '参数缺失或格式不正确', en: 'A parameter is missing or malformed' },
  remedy: REMEDY.template,
};

/** Codes that refuse what a call says. */
export const CONTENT_ERRORS: ProviderErrorTable = {
  ...forCodes([40035, 40038, 34014, 47001, 41015, 43009], MALFORMED),
  ...forCodes([400002], {
    ...MALFORMED,
    cases: [
      {
        on: 'recall',
        class: 'content',
        reason: 'recall_rejected',
        text: { zh: 'AgentId 或任务 ID 不正确', en: 'The agent id or task id is wrong' },
        remedy: REMEDY.correction,
      },
      {
        on: 'receipts',
        class: 'content',
        reason: 'result_unavailable',
        text: {
          zh: 'AgentId 或任务 ID 不正确，或已超过查询期',
          en: 'The agent id or task id is wrong, or it is too late to ask',
        },
        remedy: REMEDY.askPeople,
      },
    ],
  }),
  ...forCodes([40032], {
    class: 'content',
    reason: 'content_invalid',
    text: { zh: '用户列表的长度不正确', en: 'The list of users has a bad length' },
    remedy: REMEDY.template,
  }),
  ...forCodes([41029], {
    class: 'content',
    reason: 'too_many_items',
    text: { zh: '一次发送的接收人过多', en: 'Too many receivers in one call' },
    remedy: REMEDY.split,
  }),
  ...forCodes([1430000, 1430001], {
    class: 'content',
    reason: 'content_invalid',
    text: { zh: '没有接收人，或授权类型未知', en: 'The call names no receiver or an unknown grant type' },
    remedy: REMEDY.template,
  }),
  ...forCodes([41049, 1430002, 60022], {
    class: 'content',
    reason: 'content_forbidden',
    text: { zh: '内容含敏感词', en: 'The content holds forbidden words' },
    remedy: REMEDY.wording,
  }),
  ...forCodes([40048], {
    class: 'content',
    reason: 'link_forbidden',
    text: { zh: '链接的域名不被允许', en: 'The domain of a link is not allowed' },
    remedy: REMEDY.link,
  }),
  ...forCodes([40008, 34004], {
    class: 'content',
    reason: 'kind_unsupported',
    text: { zh: '不支持的消息类型', en: 'This message type is not supported' },
    remedy: REMEDY.template,
  }),
  ...forCodes([44002, 44004, ...codesBetween(34008, 34011)], {
    class: 'content',
    reason: 'content_empty',
    text: { zh: '消息内容为空', en: 'The message is empty' },
    remedy: REMEDY.template,
  }),
  ...forCodes([34016, 41101, ...codesBetween(45002, 45007)], {
    class: 'content',
    reason: 'content_too_long',
    text: { zh: '消息内容过长', en: 'The message is too long' },
    remedy: REMEDY.shorten,
  }),
  ...forCodes([40007], {
    class: 'media',
    reason: 'media_missing',
    text: { zh: '素材不存在', en: 'The media file does not exist' },
    remedy: REMEDY.media,
  }),
  ...forCodes([41006], {
    class: 'content',
    reason: 'media_missing',
    text: { zh: '缺少 media_id', en: 'The media id is missing' },
    remedy: REMEDY.template,
  }),
  ...forCodes([40004, 40005, 41005, 43008, 44001], {
    class: 'content',
    reason: 'media_invalid',
    text: { zh: '素材的类型或格式不正确', en: 'The media file has a wrong type or format' },
    remedy: REMEDY.media,
  }),
  ...forCodes([40006, 45001], {
    class: 'content',
    reason: 'media_too_large',
    text: { zh: '素材过大', en: 'The media file is too large' },
    remedy: REMEDY.media,
  }),
  ...forCodes([40029, 40078, 40102, 42003, 42008], {
    class: 'content',
    reason: 'provider_rejected',
    text: { zh: '登录码无效、已使用或已过期', en: 'The login code is invalid, used or expired' },
    remedy: { zh: '请用户重新登录', en: 'Let the user log in again' },
  }),
  // Answers an update of a work message's status bar.
  ...forCodes([41052], {
    class: 'retry',
    reason: 'provider_busy',
    text: { zh: '消息还在发送中，或接收人过多', en: 'The message is still being sent, or has too many receivers' },
  }),
};
