import { characters } from '#libs/core';
import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';

@ContentKind({
  kind: 'text',
  label: { zh: '文本', en: 'Text' },
  example: { content: 'Please file your weekly report before 18:00.' },
})
export class TextContent {
  @TextField({
    part: 'text',
    label: { zh: '内容', en: 'Content' },
    format: 'text',
    multiline: true,
    limit: characters(5_000),
    soft: characters(500),
  })
  content!: string;
}
