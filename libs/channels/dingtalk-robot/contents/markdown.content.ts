import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';

@ContentKind({
  kind: 'markdown',
  label: { zh: 'Markdown', en: 'Markdown' },
  example: { title: 'CPU 告警', text: '### CPU 告警\n\n- 主机：**web-03**\n- 当前值：97%' },
})
export class MarkdownContent {
  @TextField({
    label: { zh: '标题', en: 'Title' },
    hint: { zh: '只在会话列表中显示', en: 'Shown in the list of conversations only' },
  })
  title!: string;

  @TextField({ label: { zh: '内容', en: 'Text' }, format: 'markdown', multiline: true })
  text!: string;
}
