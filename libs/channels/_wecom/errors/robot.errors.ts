import type { ProviderErrorTable } from '../../provider-errors.js';
import { REMEDY, rule } from './rule.js';

/** Group robots (doc 91770, 90313). */
export const ROBOT_ERRORS: ProviderErrorTable = {
  '93000': rule(
    'credentials',
    'robot_removed',
    ['机器人地址无效或已被移出群', 'The webhook is not valid, or the robot was removed from the group'],
    REMEDY.robot,
  ),
  '93001': rule('credentials', 'robot_disabled', ['群不允许推送', 'The group does not allow pushes'], REMEDY.robot),
  '93004': rule('credentials', 'robot_disabled', ['机器人已停用', 'The robot is disabled'], REMEDY.robot),
  '93006': rule('credentials', 'group_gone', ['群 ID 无效', 'The group is not valid'], REMEDY.robot),
  '93008': rule('credentials', 'robot_removed', ['不在群里', 'The robot is not in the group'], REMEDY.robot),
  '93017': rule('content', 'content_empty', ['消息体为空', 'The message body is empty'], REMEDY.template),
  '93018': rule('content', 'media_too_large', ['图片过大', 'The picture is too large'], REMEDY.media),
  '93019': rule('credentials', 'robot_removed', ['机器人 ID 无效', 'The robot id is not valid'], REMEDY.robot),
};

/** On a webhook the vendor uses this code for over-long fields; nothing is delivered. */
export const ROBOT_FIELD_TOO_LONG: ProviderErrorTable = {
  '40058': rule('content', 'content_too_long', ['字段过长或无效', 'A field is too long or not valid'], REMEDY.shorten),
};
