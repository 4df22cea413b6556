import { characters } from '#libs/core';
import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';

@ContentKind({
  kind: 'markdown',
  label: { zh: 'Markdown', en: 'Markdown' },
  example: { title: '发布完成', text: '# 发布完成  \n - 版本 **3.2**  \n - 用时 4 分钟' },
})
export class MarkdownContent {
  @TextField({
    label: { zh: '标题', en: 'Title' },
    hint: { zh: '只在消息预览中显示', en: 'Shown in the preview line only' },
  })
  title!: string;

  @TextField({ label: { zh: '内容', en: 'Text' }, format: 'markdown', multiline: true, limit: characters(5_000) })
  text!: string;
}
