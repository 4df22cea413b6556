import { bytes } from '#libs/core';
import { ContentKind } from '../../content.js';
import { TextField, TextsField } from '../../fields.js';
import { joinTexts } from '../../joined-texts.js';

/** Doc 91770. `<@userid>` in the content mentions, too. */
@ContentKind({
  kind: 'text',
  label: { zh: '文本', en: 'Text' },
  example: { content: '构建 #218 失败', mentioned_list: ['liu.fang'], mentioned_mobile_list: ['13900001234', '@all'] },
  merge: joinTexts('content', ['mentioned_list', 'mentioned_mobile_list']),
})
export class WecomRobotText {
  @TextField({
    part: 'text',
    markup: ['anchors', 'mentions', 'breaks'],
    label: { zh: '内容', en: 'Content' },
    limit: bytes(2048),
    format: 'text',
    multiline: true,
  })
  content!: string;

  @TextsField({
    part: 'mentions',
    label: { zh: '@ 成员', en: 'Mentioned user ids' },
    hint: { zh: 'userid 或 @all', en: 'User ids or @all' },
    required: false,
  })
  mentioned_list?: string[];

  @TextsField({
    part: 'mentions',
    label: { zh: '@ 手机号', en: 'Mentioned mobiles' },
    hint: { zh: '手机号或 @all', en: 'Mobiles or @all' },
    required: false,
  })
  mentioned_mobile_list?: string[];
}
