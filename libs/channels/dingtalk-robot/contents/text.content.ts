import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';
import { joinTexts } from '../../joined-texts.js';

@ContentKind({
  kind: 'text',
  label: { zh: '文本', en: 'Text' },
  example: { content: '[order] A-1024 paid, please ship.' },
  merge: joinTexts('content'),
})
export class TextContent {
  @TextField({ part: 'text', label: { zh: '内容', en: 'Content' }, format: 'text', multiline: true })
  content!: string;
}
