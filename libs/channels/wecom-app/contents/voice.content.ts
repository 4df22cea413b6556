import { ContentKind } from '../../content.js';
import { Rules, oneOf } from '../../field-rules.js';
import { AssetField } from '../../media-field.js';
import { UploadField } from '../../_wecom/vendor-fields.js';

/** Doc 90236. AMR up to 2 MB and 60 s, uploaded as a voice. */
@ContentKind({
  kind: 'voice',
  layout: 'voice',
  label: { zh: '语音', en: 'Voice' },
  example: { media_id: '3Voi-0aa81kLm2' },
})
@Rules(oneOf('media_id', 'asset'))
export class WecomAppVoice {
  @UploadField('voice', false)
  media_id?: string;

  @AssetField({ media: 'voice', shortFor: 'media_id' })
  asset?: string;
}
