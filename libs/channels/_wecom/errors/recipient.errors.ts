import type { ProviderErrorTable } from '../../provider-errors.js';
import { REMEDY, rule } from './rule.js';

/** Whom the message was addressed to: ids, visible range, licences (doc 90313). */
export const RECIPIENT_ERRORS: ProviderErrorTable = {
  '40003': rule('recipient', 'recipient_unknown', ['UserID 无效', 'The user id is not valid'], REMEDY.directory),
  '40031': rule(
    'recipient',
    'recipient_unknown',
    ['UserID 列表无效', 'The list of user ids is not valid'],
    REMEDY.directory,
  ),
  '40032': rule('content', 'too_many_items', ['UserID 超过 1000 个', 'More than 1000 user ids'], REMEDY.split),
  '40066': rule('recipient', 'department_unknown', ['部门列表无效', 'A department is not valid'], REMEDY.directory),
  '40068': rule('recipient', 'tag_unknown', ['标签 ID 无效', 'The tag is not valid'], REMEDY.directory),
  '40070': rule('recipient', 'tag_unknown', ['标签成员全部无效', 'No member of the tag is valid'], REMEDY.directory),
  '46004': rule('recipient', 'recipient_unknown', ['用户不存在', 'The user does not exist'], REMEDY.directory),
  '50002': rule(
    'recipient',
    'outside_scope',
    ['成员不在权限范围', 'The member is outside the permitted scope'],
    REMEDY.visibleRange,
  ),
  '60003': rule('recipient', 'department_unknown', ['部门不存在', 'The department does not exist'], REMEDY.directory),
  '60011': rule(
    'recipient',
    'outside_scope',
    ['无权操作该成员、部门或标签', 'No right on this member, department or tag'],
    REMEDY.visibleRange,
  ),
  '60021': rule(
    'recipient',
    'outside_scope',
    ['UserID 不在可见范围', 'The user is outside the visible range'],
    REMEDY.visibleRange,
  ),
  '60111': rule('recipient', 'recipient_unknown', ['UserID 不存在', 'The user id does not exist'], REMEDY.directory),
  '60123': rule('recipient', 'department_unknown', ['部门 ID 无效', 'The department is not valid'], REMEDY.directory),
  '60146': rule('recipient', 'recipient_unknown', ['手机号不存在', 'The mobile is not found'], REMEDY.directory),
  '60147': rule('recipient', 'recipient_unknown', ['邮箱不存在', 'The e-mail is not found'], REMEDY.directory),
  '60148': rule('recipient', 'recipient_unknown', ['企业邮箱不存在', 'The corp mail is not found'], REMEDY.directory),
  '81012': rule('content', 'content_invalid', ['未指定接收人', 'No user, department or tag is given'], {
    zh: '在消息中指定收件人',
    en: 'Name recipients in the message',
  }),
  '81013': rule(
    'recipient',
    'all_invalid',
    ['成员、部门、标签全部无效或无权限', 'All users, departments and tags are invalid or out of range'],
    REMEDY.visibleRange,
  ),
  '82001': rule(
    'content',
    'all_invalid',
    ['指定的成员、部门、标签全部为空', 'The given users, departments and tags are all empty'],
    REMEDY.directory,
  ),
  '82002': rule('content', 'too_many_items', ['部门超过 100 个', 'More than 100 departments'], REMEDY.split),
  '82003': rule('content', 'too_many_items', ['标签超过 100 个', 'More than 100 tags'], REMEDY.split),
  '92000': rule(
    'recipient',
    'outside_scope',
    ['成员不在应用可见范围', 'The member is outside the visible range'],
    REMEDY.visibleRange,
  ),
  '301021': rule(
    'recipient',
    'recipient_unknown',
    ['至少一个 UserID 不存在', 'At least one user id does not exist'],
    REMEDY.directory,
  ),
  '701008': rule('recipient', 'no_license', ['没有有效的互通许可', 'No valid interconnect licence'], REMEDY.license),
  '701099': rule('recipient', 'no_license', ['没有有效的接口许可', 'No valid API licence'], REMEDY.license),
};
