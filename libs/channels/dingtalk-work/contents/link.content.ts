import { characters } from '#libs/core';
import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';
import { MediaField } from '../../media-field.js';

/** The only kind of the channel whose fields are in camelCase. */
@ContentKind({
  kind: 'link',
  layout: 'card',
  label: { zh: '链接', en: 'Link' },
  example: {
    messageUrl: 'https://wiki.example.com/rota',
    picUrl: '@lADPDemoImage01',
    title: 'On-call rota',
    text: 'The rota for week 12 is out.',
  },
})
export class LinkContent {
  @TextField({ label: { zh: '点击后打开的地址', en: 'Address to open' }, format: 'url' })
  messageUrl!: string;

  @MediaField({
    part: 'thumb',
    label: { zh: '图片', en: 'Picture' },
    hint: { zh: '图片的 media_id 或网址', en: 'media_id or address of the picture' },
    media: 'image',
    accepts: ['media_id', 'url'],
  })
  picUrl!: string;

  @TextField({ part: 'title', label: { zh: '标题', en: 'Title' }, soft: characters(100) })
  title!: string;

  @TextField({ part: 'text', label: { zh: '内容', en: 'Text' }, multiline: true, soft: characters(500) })
  text!: string;
}
