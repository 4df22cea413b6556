import { ContentKind } from '../../content.js';
import { Rules, oneOf } from '../../field-rules.js';
import { AssetField, MediaField } from '../../media-field.js';

@ContentKind({
  kind: 'file',
  layout: 'file',
  label: { zh: '文件', en: 'File' },
  example: { media_id: '@lAzDemoFile01' },
})
@Rules(oneOf('media_id', 'asset'))
export class FileContent {
  @MediaField({
    label: { zh: '文件', en: 'File' },
    hint: { zh: '最大 10 MB', en: 'At most 10 MB' },
    required: false,
    media: 'file',
    accepts: ['media_id'],
  })
  media_id?: string;

  @AssetField({ media: 'file', shortFor: 'media_id' })
  asset?: string;
}
