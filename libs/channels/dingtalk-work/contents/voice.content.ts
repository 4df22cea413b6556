import { ContentKind } from '../../content.js';
import { Rules, oneOf } from '../../field-rules.js';
import { TextField } from '../../fields.js';
import { AssetField, MediaField } from '../../media-field.js';

@ContentKind({
  kind: 'voice',
  layout: 'voice',
  label: { zh: '语音', en: 'Voice' },
  example: { media_id: '@lATPDemoVoice01', duration: '10' },
})
@Rules(oneOf('media_id', 'asset'))
export class VoiceContent {
  @MediaField({
    label: { zh: '语音', en: 'Recording' },
    hint: { zh: 'AMR，最大 2 MB', en: 'AMR, at most 2 MB' },
    required: false,
    media: 'voice',
    accepts: ['media_id'],
  })
  media_id?: string;

  @AssetField({ media: 'voice', shortFor: 'media_id' })
  asset?: string;

  @TextField({
    part: 'seconds',
    label: { zh: '时长（秒）', en: 'Length (seconds)' },
    hint: { zh: '1 到 59 的整数，写成文本', en: 'A whole number from 1 to 59, written as text' },
    pattern: {
      test: (text) => /^(?:[1-9]|[1-5]\d)$/.test(text),
      message: 'must be a whole number of seconds from 1 to 59, as text',
    },
  })
  duration!: string;
}
