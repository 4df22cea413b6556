import { DINGTALK_MARKDOWN } from '../../_dingtalk/markdown.js';
import { characters } from '#libs/core';
import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';

@ContentKind({
  kind: 'markdown',
  layout: 'markdown',
  label: { zh: 'Markdown', en: 'Markdown' },
  example: { title: 'Deploy finished', text: '# Deploy finished  \n - version **3.2**  \n - took 4 min' },
})
export class MarkdownContent {
  @TextField({
    part: 'notification',
    label: { zh: '标题', en: 'Title' },
    hint: { zh: '只在消息预览中显示', en: 'Shown in the preview line only' },
  })
  title!: string;

  @TextField({
    part: 'text',
    markup: DINGTALK_MARKDOWN,
    label: { zh: '内容', en: 'Text' },
    format: 'markdown',
    multiline: true,
    limit: characters(5_000),
  })
  text!: string;
}
