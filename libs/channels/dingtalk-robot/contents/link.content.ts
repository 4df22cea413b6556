import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';
import { MediaField } from '../../media-field.js';

@ContentKind({
  kind: 'link',
  layout: 'card',
  label: { zh: '链接', en: 'Link' },
  example: {
    title: 'Weekly report 12',
    text: 'Sales up 8%, returns down 2%.',
    picUrl: 'https://img.example.com/w12.png',
    messageUrl: 'https://bi.example.com/w12',
  },
})
export class LinkContent {
  @TextField({ part: 'title', label: { zh: '标题', en: 'Title' } })
  title!: string;

  @TextField({ part: 'text', label: { zh: '内容', en: 'Text' }, multiline: true })
  text!: string;

  @MediaField({
    part: 'thumb',
    label: { zh: '图片', en: 'Picture' },
    hint: { zh: '图片的网址或 media_id', en: 'Address or media_id of the picture' },
    required: false,
    media: 'image',
    accepts: ['url', 'media_id'],
  })
  picUrl?: string;

  @TextField({ label: { zh: '点击后打开的地址', en: 'Address to open' }, format: 'url' })
  messageUrl!: string;
}
