import { characters } from '#libs/core';
import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';

@ContentKind({
  kind: 'text',
  label: { zh: '文本', en: 'Text' },
  example: { content: '请在 18:00 前提交周报。' },
})
export class TextContent {
  @TextField({ label: { zh: '内容', en: 'Content' }, format: 'text', multiline: true, soft: characters(500) })
  content!: string;
}
