import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';
import { MediaField } from '../../media-field.js';
import { numericText } from './numeric-text.js';

@ContentKind({
  kind: 'sampleAudio',
  layout: 'voice',
  label: { zh: '语音', en: 'Voice' },
  example: { mediaId: '@IR_PDemoVoice01', duration: '4200' },
})
export class SampleAudio {
  @MediaField({
    label: { zh: '语音', en: 'Recording' },
    hint: { zh: 'ogg 或 amr', en: 'ogg or amr' },
    media: 'voice',
    accepts: ['media_id'],
  })
  mediaId!: string;

  @TextField({
    part: 'milliseconds',
    label: { zh: '时长（毫秒）', en: 'Length (milliseconds)' },
    hint: { zh: '写成文本的整数', en: 'A whole number, written as text' },
    pattern: numericText,
  })
  duration!: string;
}
