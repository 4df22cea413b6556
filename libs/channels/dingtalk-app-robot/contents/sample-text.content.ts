import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';

@ContentKind({
  kind: 'sampleText',
  label: { zh: '文本', en: 'Text' },
  example: { content: 'Build 118 passed' },
})
export class SampleText {
  @TextField({ part: 'text', label: { zh: '内容', en: 'Content' }, format: 'text', multiline: true })
  content!: string;
}
