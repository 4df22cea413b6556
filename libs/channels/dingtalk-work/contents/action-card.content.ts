import { DINGTALK_MARKDOWN } from '../../_dingtalk/markdown.js';
import { characters, sizeOf, type JsonObject } from '#libs/core';
import { ContentKind } from '../../content.js';
import { Rules, oneOf, onlyWith, type BrokenRule } from '../../field-rules.js';
import { ChoiceField, ListField, TextField } from '../../fields.js';

/** One of several buttons of a card. */
export class CardButton {
  @TextField({ part: 'button', label: { zh: '按钮文字', en: 'Button text' }, limit: characters(20) })
  title!: string;

  @TextField({
    label: { zh: '点击后打开的地址', en: 'Address to open' },
    // The page says 700, the vendor's SDK 500: the stricter reading holds.
    limit: characters(500),
    format: 'url',
  })
  action_url!: string;
}

const BUTTON_LIST = characters(1_000);
const PLACEHOLDER = /\{\{[^{}]*\}\}/g;

/** The buttons as JSON text have a limit of their own. In a template, placeholders may turn out to be empty. */
function buttonListRule({ btn_json_list: buttons }: JsonObject): readonly BrokenRule[] {
  const { size, unit } = BUTTON_LIST;
  const actual = sizeOf(JSON.stringify(buttons ?? []).replace(PLACEHOLDER, ''), unit);
  if (actual <= size) return [];
  const message = `must not be longer than ${size} ${unit} in all`;
  return [{ path: ['btn_json_list'], code: 'content_too_long', message, limit: size, actual, unit }];
}

/** A card that opens one address as a whole, or has buttons of its own. */
@ContentKind({
  kind: 'action_card',
  layout: 'card',
  label: { zh: '卡片', en: 'Action card' },
  example: {
    title: 'Contract to sign',
    markdown: '#### Contract 88\n\nSign before Friday.',
    single_title: 'Sign now',
    single_url: 'https://sign.example.com/88',
  },
})
@Rules(
  oneOf('single_title', 'btn_json_list'),
  onlyWith('single_title', 'single_url'),
  onlyWith('single_url', 'single_title'),
  buttonListRule,
)
export class ActionCardContent {
  @TextField({
    part: 'notification',
    label: { zh: '标题', en: 'Title' },
    hint: { zh: '只在消息预览中显示', en: 'Shown in the preview line only' },
    limit: characters(64),
  })
  title!: string;

  @TextField({
    part: 'text',
    markup: DINGTALK_MARKDOWN,
    label: { zh: '内容', en: 'Text' },
    format: 'markdown',
    multiline: true,
    limit: characters(5_000),
    soft: characters(1_000),
  })
  markdown!: string;

  @TextField({
    part: 'footer',
    label: { zh: '整体跳转的文字', en: 'Text of the only button' },
    hint: { zh: '与下面的按钮二选一', en: 'Instead of several buttons' },
    required: false,
    allowEmpty: false,
    limit: characters(20),
  })
  single_title?: string;

  @TextField({
    label: { zh: '整体跳转的地址', en: 'Address that the whole card opens' },
    required: false,
    allowEmpty: false,
    limit: characters(500),
    format: 'url',
  })
  single_url?: string;

  @ChoiceField({
    part: 'sideBySide',
    label: { zh: '按钮排列', en: 'Arrangement of the buttons' },
    hint: { zh: '0 竖排，1 横排', en: '0: below each other, 1: side by side' },
    required: false,
    values: ['0', '1'],
  })
  btn_orientation?: string;

  @ListField({
    part: 'buttons',
    label: { zh: '按钮', en: 'Buttons' },
    required: false,
    item: () => CardButton,
    minItems: 1,
  })
  btn_json_list?: CardButton[];
}
