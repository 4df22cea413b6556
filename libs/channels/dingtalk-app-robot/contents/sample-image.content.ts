import { ContentKind } from '../../content.js';
import { MediaField } from '../../media-field.js';

@ContentKind({
  kind: 'sampleImageMsg',
  layout: 'image',
  label: { zh: '图片', en: 'Image' },
  example: { photoURL: '@lADPDemoImage01' },
})
export class SampleImage {
  @MediaField({
    part: 'cover',
    label: { zh: '图片', en: 'Picture' },
    hint: { zh: '图片的网址或 media_id', en: 'Address or media_id of the picture' },
    media: 'image',
    accepts: ['url', 'media_id'],
  })
  photoURL!: string;
}
