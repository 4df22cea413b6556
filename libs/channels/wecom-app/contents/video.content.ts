import { bytes } from '#libs/core';
import { UploadField } from '../../_wecom/vendor-fields.js';
import { ContentKind } from '../../content.js';
import { Rules, oneOf } from '../../field-rules.js';
import { TextField } from '../../fields.js';
import { AssetField } from '../../media-field.js';

/** Doc 90236. MP4 up to 10 MB, uploaded as a video. */
@ContentKind({
  kind: 'video',
  layout: 'video',
  label: { zh: '视频', en: 'Video' },
  example: { media_id: '3Vid-55cXz9', title: '消防演练', description: '八月演练录像，时长两分钟' },
})
@Rules(oneOf('media_id', 'asset'))
export class WecomAppVideo {
  @UploadField('video', false)
  media_id?: string;

  @AssetField({ media: 'video', shortFor: 'media_id' })
  asset?: string;

  @TextField({
    part: 'title',
    label: { zh: '标题', en: 'Title' },
    limit: bytes(128),
    vendorCuts: true,
    required: false,
  })
  title?: string;

  @TextField({
    part: 'text',
    label: { zh: '描述', en: 'Description' },
    limit: bytes(512),
    vendorCuts: true,
    required: false,
    multiline: true,
  })
  description?: string;
}
