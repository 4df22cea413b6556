import { ContentKind } from '../../content.js';
import { Rules, oneOf } from '../../field-rules.js';
import { AssetField } from '../../media-field.js';
import { UploadField } from '../../_wecom/vendor-fields.js';

/** Doc 90236. JPG or PNG up to 10 MB, uploaded as an image. */
@ContentKind({
  kind: 'image',
  layout: 'image',
  label: { zh: '图片', en: 'Image' },
  example: { media_id: '3Img-7hK2p_Qw91' },
})
@Rules(oneOf('media_id', 'asset'))
export class WecomAppImage {
  @UploadField('image', false)
  media_id?: string;

  @AssetField({ media: 'image', shortFor: 'media_id' })
  asset?: string;
}
