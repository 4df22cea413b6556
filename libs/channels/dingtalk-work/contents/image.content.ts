import { ContentKind } from '../../content.js';
import { Rules, oneOf } from '../../field-rules.js';
import { AssetField, MediaField } from '../../media-field.js';

@ContentKind({
  kind: 'image',
  layout: 'image',
  label: { zh: '图片', en: 'Image' },
  example: { media_id: '@lADPDemoImage01' },
})
@Rules(oneOf('media_id', 'asset'))
export class ImageContent {
  @MediaField({
    label: { zh: '图片', en: 'Picture' },
    hint: { zh: '建议 600 × 400，最大 20 MB', en: 'Best 600 × 400, at most 20 MB' },
    required: false,
    media: 'image',
    accepts: ['media_id'],
  })
  media_id?: string;

  @AssetField({ media: 'image', shortFor: 'media_id' })
  asset?: string;
}
