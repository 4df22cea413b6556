import { DINGTALK_MARKDOWN } from '../../_dingtalk/markdown.js';
import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';

@ContentKind({
  kind: 'sampleMarkdown',
  layout: 'markdown',
  label: { zh: 'Markdown', en: 'Markdown' },
  example: { title: 'Build 118', text: '### Build 118\n\npassed in 92 s' },
})
export class SampleMarkdown {
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
