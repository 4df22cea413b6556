import type { ProviderErrorRule, ProviderErrorTable } from '../../provider-errors.js';
import { REMEDY, rule } from './rule.js';

const unreachable = (zh: string, en: string): ProviderErrorRule =>
  rule('recipient', 'customer_unreachable', [zh, en], REMEDY.customers);

const faulty = (zh: string, en: string): ProviderErrorRule =>
  rule('content', 'content_invalid', [zh, en], REMEDY.massMessage);

const signIn = (zh: string, en: string): ProviderErrorRule =>
  rule('content', 'content_invalid', [zh, en], REMEDY.signIn);

/** App group chats, login codes and customer contacts (doc 90313). */
export const CONTACT_ERRORS: ProviderErrorTable = {
  '40050': rule('recipient', 'group_gone', ['群聊不存在', 'The group chat does not exist'], REMEDY.group),
  '86001': rule('recipient', 'group_gone', ['群聊 ID 无效', 'The group chat id is not valid'], REMEDY.group),
  '86003': rule('recipient', 'group_gone', ['群聊不存在', 'The group chat does not exist'], REMEDY.group),
  '86008': rule(
    'account',
    'permission_missing',
    ['群聊不是此应用创建的', 'The group was not created by this app'],
    REMEDY.group,
  ),
  '40029': signIn('登录码无效', 'The login code is not valid: used, older than 5 min, or of another app'),
  '42003': signIn('登录码已过期', 'The login code has expired'),
  '42022': signIn('登录码已使用', 'The login code was used already'),
  '50001': rule('account', 'permission_missing', ['回调域名不可信', 'The redirect domain is not trusted'], {
    zh: '在管理后台配置可信域名',
    en: 'Set the trusted domain in the admin console',
  }),
  '84014': signIn('user_ticket 已过期', 'The user ticket has expired'),
  '84015': signIn('user_ticket 无效', 'The user ticket is not valid'),
  '40096': unreachable('客户 ID 无效', 'The customer id is not valid'),
  '41035': faulty('缺少客户 ID', 'The customer id is missing'),
  '41046': faulty('缺少群发 ID', 'The mass message id is missing'),
  '41047': faulty('群发 ID 无效', 'The mass message id is not valid'),
  '41048': unreachable('没有可发送的客户', 'No customer to send to'),
  '41049': faulty('缺少欢迎语凭证', 'The welcome code is missing'),
  '41050': faulty('欢迎语凭证无效或过期', 'The welcome code is not valid or older than 20 s'),
  '41051': faulty('已与客户开始聊天', 'The chat with the customer has begun already'),
  '41052': faulty('发送时间无效', 'The send time is not valid'),
  '41063': rule('retry', 'provider_busy', ['群发任务还在分发', 'The mass message is still being dispatched']),
  '41064': rule('content', 'too_many_items', ['附件过多', 'Too many attachments'], REMEDY.massMessage),
  '41065': faulty('附件类型无效', 'The type of an attachment is not valid'),
  '41088': rule('content', 'content_empty', ['附件列表为空', 'The list of attachments is empty'], REMEDY.massMessage),
  '41093': faulty('群发已取消', 'The mass message was cancelled'),
  '41094': rule(
    'content',
    'provider_rejected',
    ['提醒次数超限', 'The limit of reminders is reached'],
    REMEDY.massMessage,
  ),
  '41096': rule('retry', 'provider_busy', ['其他应用正在发送欢迎语', 'Another app is sending the welcome message']),
  '84061': unreachable('不存在客户关系', 'The person is no contact of this member'),
  '84074': rule(
    'account',
    'permission_missing',
    ['没有客户联系权限', 'No right to customer contacts'],
    REMEDY.appRights,
  ),
  '84084': unreachable('不是该客户的跟进人', 'The member does not follow this customer'),
};
