import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';

@ContentKind({
  kind: 'text',
  label: { zh: '文本', en: 'Text' },
  example: { content: '订单 A-1024 已付款，请尽快发货。' },
})
export class TextContent {
  @TextField({ label: { zh: '内容', en: 'Content' }, format: 'text', multiline: true })
  content!: string;
}
