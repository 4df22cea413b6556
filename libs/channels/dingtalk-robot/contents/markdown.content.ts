import { DINGTALK_MARKDOWN } from '../../_dingtalk/markdown.js';
import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';
import { joinTitledTexts } from '../../joined-texts.js';

@ContentKind({
  kind: 'markdown',
  layout: 'markdown',
  label: { zh: 'Markdown', en: 'Markdown' },
  example: {
    title: 'CPU alarm',
    text: '### CPU alarm\n\n- host: **web-03**\n- value: 97%\n\n[open](https://mon.example.com/a/77)',
  },
  merge: joinTitledTexts('title', 'text'),
})
export class MarkdownContent {
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
