import { UploadField } from '../../_wecom/vendor-fields.js';
import { ContentKind } from '../../content.js';
import { Rules, oneOf } from '../../field-rules.js';
import { AssetField } from '../../media-field.js';

/** Doc 91770. AMR up to 2 MB and 60 s, uploaded through the same robot: media ids of others are refused. */
@ContentKind({
  kind: 'voice',
  layout: 'voice',
  label: { zh: '语音', en: 'Voice' },
  example: { media_id: '3Rob-v81Qa' },
})
@Rules(oneOf('media_id', 'asset'))
export class WecomRobotVoice {
  @UploadField('voice', false)
  media_id?: string;

  @AssetField({ media: 'voice', shortFor: 'media_id' })
  asset?: string;
}
