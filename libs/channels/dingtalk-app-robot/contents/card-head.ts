import { DINGTALK_MARKDOWN } from '../../_dingtalk/markdown.js';
import { TextField } from '../../fields.js';

/** What every action card begins with. */
export class CardHead {
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
}

/** The text of a card's button number `no`. */
export const ButtonTitle = (no: number): PropertyDecorator =>
  TextField({ part: 'button', label: { zh: `按钮 ${no} 的文字`, en: `Text of button ${no}` } });

/** The address that a card's button number `no` opens. */
export const ButtonLink = (no: number): PropertyDecorator =>
  TextField({ label: { zh: `按钮 ${no} 打开的地址`, en: `Address that button ${no} opens` }, format: 'url' });
