import type { ProviderErrorTable } from '../../provider-errors.js';
import { REMEDY, rule } from './rule.js';

/** What is wrong with a message's body (doc 90313). */
export const CONTENT_ERRORS: ProviderErrorTable = {
  '40008': rule('content', 'kind_unsupported', ['消息类型无效', 'The message type is not valid'], REMEDY.template),
  '40033': rule('content', 'content_invalid', ['含非法字符', 'The text holds illegal characters'], REMEDY.template),
  '40035': rule('content', 'content_invalid', ['参数无效', 'A parameter is not valid'], REMEDY.template),
  '40058': {
    ...rule('content', 'content_invalid', ['参数无效或过长', 'A parameter is not valid or too long'], REMEDY.template),
    cases: [
      {
        on: 'recall',
        ...rule(
          'content',
          'recall_rejected',
          ['消息不是此应用发送的', 'Another app sent this message'],
          REMEDY.correction,
        ),
      },
    ],
  },
  '40063': rule('content', 'content_empty', ['参数为空', 'A parameter is empty'], REMEDY.template),
  '40039': rule('content', 'content_too_long', ['链接过长', 'The link is too long'], REMEDY.shorten),
  '40074': rule(
    'content',
    'content_invalid',
    ['图文消息不能保密，请用 mpnews', 'News cannot be confidential; use mpnews'],
    REMEDY.template,
  ),
  '40094': rule('content', 'link_forbidden', ['链接无效', 'The link is not valid'], REMEDY.link),
  '40127': rule(
    'content',
    'link_forbidden',
    ['不支持的链接协议', 'The scheme of the link is not supported'],
    REMEDY.link,
  ),
  '45034': rule('content', 'link_forbidden', ['链接缺少 http(s)://', 'The link lacks http(s)://'], REMEDY.link),
  '40201': rule('content', 'content_forbidden', ['触发反垃圾规则', 'Stopped by the anti-spam rules'], REMEDY.wording),
  '40204': rule(
    'content',
    'content_forbidden',
    ['触发微信反垃圾规则', 'Stopped by the WeChat anti-spam'],
    REMEDY.wording,
  ),
  '85002': rule('content', 'content_forbidden', ['含敏感词', 'The text holds forbidden words'], REMEDY.wording),
  '40206': rule('content', 'content_too_long', ['请求体过大', 'The request body is too large'], REMEDY.shorten),
  '41006': rule('content', 'media_missing', ['缺少 media_id', 'The media id is missing'], REMEDY.template),
  '41010': rule('content', 'content_invalid', ['缺少链接', 'The link is missing'], REMEDY.template),
  '41016': rule('content', 'content_invalid', ['缺少标题', 'The title is missing'], REMEDY.template),
  '41033': rule('content', 'content_invalid', ['缺少描述', 'The description is missing'], REMEDY.template),
  '44004': rule('content', 'content_empty', ['文本内容为空', 'The text is empty'], REMEDY.template),
  '45002': rule('content', 'content_too_long', ['内容过长', 'The content is too long'], REMEDY.shorten),
  '45008': rule('content', 'too_many_items', ['图文超过 8 条', 'More than 8 articles'], REMEDY.template),
  '45032': rule('content', 'content_too_long', ['作者超过 64 字节', 'The author exceeds 64 bytes'], REMEDY.shorten),
  '82004': rule(
    'content',
    'content_invalid',
    ['内容可能导致客户端崩溃', 'The content may crash the client'],
    REMEDY.template,
  ),
  '90200': rule('content', 'content_invalid', ['缺少小程序 AppID', 'The mini program id is missing'], REMEDY.template),
  '90201': rule('content', 'too_many_items', ['小程序通知超过 10 项', 'More than 10 notice items'], REMEDY.template),
  '90202': rule(
    'content',
    'content_invalid',
    ['通知项名称为空或超过 10 个字', 'The key of a notice item is empty or over 10 characters'],
    REMEDY.template,
  ),
  '90203': rule(
    'content',
    'content_invalid',
    ['通知项内容为空或超过 30 个字', 'The value of a notice item is empty or over 30 characters'],
    REMEDY.template,
  ),
  '90204': rule(
    'content',
    'content_invalid',
    ['小程序页面无效', 'The mini program page is not valid'],
    REMEDY.template,
  ),
  '90206': rule(
    'account',
    'permission_missing',
    ['小程序未关联到企业', 'The mini program is not linked to the corp'],
    REMEDY.miniProgram,
  ),
  '90207': rule(
    'account',
    'permission_missing',
    ['小程序 AppID 无效', 'The mini program id is not valid'],
    REMEDY.miniProgram,
  ),
  '90208': rule(
    'account',
    'permission_missing',
    ['小程序 AppID 不匹配', 'The mini program id does not match'],
    REMEDY.miniProgram,
  ),
};
