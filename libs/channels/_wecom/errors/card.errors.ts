import type { ProviderErrorRule, ProviderErrorTable } from '../../provider-errors.js';
import { REMEDY, rule } from './rule.js';

const faulty = (zh: string, en: string): ProviderErrorRule =>
  rule('content', 'content_invalid', [`卡片：${zh}`, `Card: ${en}`], REMEDY.template);

/** Template cards: their fields, their update, and the time limit of recalls (doc 90313). */
export const CARD_ERRORS: ProviderErrorTable = {
  '42014': rule(
    'content',
    'task_id_exists',
    ['卡片 task_id 已用过、为空或过长', "The card's task_id was used before, is empty or too long"],
    REMEDY.taskId,
  ),
  '42015': rule(
    'content',
    'agent_mismatch',
    ['更新卡片的不是发送它的应用', 'Another app sent this card'],
    REMEDY.ownCard,
  ),
  '42016': rule(
    'content',
    'content_invalid',
    ['要更新的 task_id 不存在', 'The task_id to update does not exist'],
    REMEDY.ownCard,
  ),
  '42017': faulty('按钮 key 不存在', 'the button key does not exist'),
  '42018': faulty('按钮 key 不合法', 'the button key is not valid'),
  '42019': faulty('缺少按钮 key', 'the button key is missing'),
  '42020': faulty('缺少按钮名称', 'the button name is missing'),
  '42027': faulty('缺少 keyname', 'keyname is missing in a horizontal row'),
  '42028': faulty('缺少 url', 'a url is missing'),
  '42029': faulty('缺少 media_id', 'media_id is missing in a horizontal row'),
  '42030': faulty('缺少 appid', 'appid is missing'),
  '42031': faulty('card_type 无效', 'card_type is not valid'),
  '42033': faulty('缺少 title', 'a title is missing'),
  '42035': faulty('horizontal_content_list 长度无效', 'the length of horizontal_content_list is not valid'),
  '42036': faulty('vertical_content_list 长度无效', 'the length of vertical_content_list is not valid'),
  '42037': faulty('option_list 长度无效', 'the length of option_list is not valid'),
  '42038': faulty('按钮文字无效', 'the text of a button is not valid'),
  '42039': faulty('按钮 key 无效', 'the key of a button is not valid'),
  '42040': faulty('选项 id 无效', 'the id of an option is not valid'),
  '42041': faulty('选项文字无效', 'the text of an option is not valid'),
  '42042': faulty('jump_list 长度无效', 'the length of jump_list is not valid'),
  '42043': faulty('question_key 无效', 'question_key is not valid'),
  '42044': faulty('card_image.url 无效', 'card_image.url is not valid'),
  '42045': faulty('card_action 无效', 'card_action is not valid'),
  '42046': faulty('submit_button.key 无效', 'submit_button.key is not valid'),
  '42047': faulty('select_list 长度无效', 'the length of select_list is not valid'),
  '42049': faulty('submit_button.text 无效', 'submit_button.text is not valid'),
  '42050': faulty('成员 userid 无效', 'the userid of a horizontal row is not valid'),
  '42051': faulty('action_menu 的 key 重复', 'a key of action_menu is used twice'),
  '42052': rule(
    'content',
    'recall_window_closed',
    ['消息已超过 24 小时', 'The message is older than 24 h'],
    REMEDY.correction,
  ),
  '60140': rule(
    'content',
    'card_code_expired',
    ['更新码已用过或过期', 'The update code was used or has expired'],
    REMEDY.cardOnce,
  ),
  '82101': rule(
    'recipient',
    'recipient_unknown',
    ['更新卡片的对象为空', 'Nobody is given whose card to update'],
    REMEDY.ownCard,
  ),
  '82102': rule(
    'recipient',
    'recipient_unknown',
    ['更新的对象未收到该卡片', 'Those people did not get the card'],
    REMEDY.ownCard,
  ),
};
