import { ContentKind } from '../../content.js';
import { Rules, oneOf } from '../../field-rules.js';
import { AssetField } from '../../media-field.js';
import { UploadField } from '../../_wecom/vendor-fields.js';

/** Doc 90236. Up to 20 MB, uploaded as a file; its name is the one given at the upload. */
@ContentKind({
  kind: 'file',
  layout: 'file',
  label: { zh: '文件', en: 'File' },
  example: { media_id: '3Fil-93Tr0b' },
})
@Rules(oneOf('media_id', 'asset'))
export class WecomAppFile {
  @UploadField('file', false)
  media_id?: string;

  @AssetField({ media: 'file', shortFor: 'media_id' })
  asset?: string;
}
