import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';
import { MediaField } from '../../media-field.js';

@ContentKind({
  kind: 'sampleLink',
  layout: 'card',
  label: { zh: '链接', en: 'Link' },
  example: {
    title: 'Build 118',
    text: 'passed in 92 s',
    picUrl: '@lADPDemoImage01',
    messageUrl: 'https://ci.example.com/118',
  },
})
export class SampleLink {
  @TextField({ part: 'title', label: { zh: '标题', en: 'Title' } })
  title!: string;

  @TextField({ part: 'text', label: { zh: '内容', en: 'Text' }, multiline: true })
  text!: string;

  @MediaField({
    part: 'thumb',
    label: { zh: '图片', en: 'Picture' },
    hint: { zh: '图片的网址或 media_id', en: 'Address or media_id of the picture' },
    media: 'image',
    accepts: ['url', 'media_id'],
  })
  picUrl!: string;

  @TextField({ label: { zh: '点击后打开的地址', en: 'Address to open' }, format: 'url' })
  messageUrl!: string;
}
