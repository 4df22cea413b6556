import { DINGTALK_MARKDOWN } from '../../_dingtalk/markdown.js';
import { ContentKind } from '../../content.js';
import { Rules, oneOf, onlyWith } from '../../field-rules.js';
import { ChoiceField, ListField, TextField } from '../../fields.js';

/** One of several buttons of a card. */
export class CardButton {
  @TextField({ part: 'button', label: { zh: '按钮文字', en: 'Button text' } })
  title!: string;

  @TextField({ label: { zh: '点击后打开的地址', en: 'Address to open' }, format: 'url' })
  actionURL!: string;
}

/** A card that opens one address as a whole, or has buttons of its own; with both the vendor ignores the buttons. */
@ContentKind({
  kind: 'actionCard',
  layout: 'card',
  label: { zh: '动作卡片', en: 'Action card' },
  example: {
    title: 'Approve release 3.2',
    text: '#### Release 3.2\n\nAll checks green.',
    singleTitle: 'Open',
    singleURL: 'https://ci.example.com/r/3.2',
    btnOrientation: '0',
  },
})
@Rules(oneOf('singleTitle', 'btns'), onlyWith('singleTitle', 'singleURL'), onlyWith('singleURL', 'singleTitle'))
export class ActionCardContent {
  @TextField({
    part: 'notification',
    label: { zh: '标题', en: 'Title' },
    hint: { zh: '只在会话列表中显示', en: 'Shown in the list of conversations only' },
  })
  title!: string;

  @TextField({
    part: 'text',
    markup: DINGTALK_MARKDOWN,
    label: { zh: '内容', en: 'Text' },
    format: 'markdown',
    multiline: true,
  })
  text!: string;

  @TextField({
    part: 'footer',
    label: { zh: '整体跳转的文字', en: 'Text of the only button' },
    hint: { zh: '与下面的按钮二选一', en: 'Instead of several buttons' },
    required: false,
    allowEmpty: false,
  })
  singleTitle?: string;

  @TextField({
    label: { zh: '整体跳转的地址', en: 'Address that the whole card opens' },
    required: false,
    allowEmpty: false,
    format: 'url',
  })
  singleURL?: string;

  @ChoiceField({
    part: 'sideBySide',
    label: { zh: '按钮排列', en: 'Arrangement of the buttons' },
    hint: { zh: '0 竖排，1 横排', en: '0: below each other, 1: side by side' },
    required: false,
    values: ['0', '1'],
  })
  btnOrientation?: string;

  @ChoiceField({
    label: { zh: '发送者头像', en: 'Picture of the sender' },
    hint: { zh: '0 显示，1 隐藏', en: '0: shown, 1: hidden' },
    required: false,
    values: ['0', '1'],
  })
  hideAvatar?: string;

  @ListField({
    part: 'buttons',
    label: { zh: '按钮', en: 'Buttons' },
    required: false,
    item: () => CardButton,
    minItems: 1,
  })
  btns?: CardButton[];
}
