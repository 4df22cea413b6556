import { UploadField } from '../../_wecom/vendor-fields.js';
import { ContentKind } from '../../content.js';
import { Rules, oneOf } from '../../field-rules.js';
import { AssetField } from '../../media-field.js';

/** Doc 91770. Up to 20 MB, uploaded through the same robot: media ids of others are refused. */
@ContentKind({
  kind: 'file',
  layout: 'file',
  label: { zh: '文件', en: 'File' },
  example: { media_id: '3Rob-k20Xy' },
})
@Rules(oneOf('media_id', 'asset'))
export class WecomRobotFile {
  @UploadField('file', false)
  media_id?: string;

  @AssetField({ media: 'file', shortFor: 'media_id' })
  asset?: string;
}
