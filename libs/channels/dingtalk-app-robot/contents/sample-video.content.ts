import { ContentKind } from '../../content.js';
import { ChoiceField, TextField } from '../../fields.js';
import { MediaField } from '../../media-field.js';
import { numericText } from './numeric-text.js';

@ContentKind({
  kind: 'sampleVideo',
  layout: 'video',
  label: { zh: '视频', en: 'Video' },
  example: {
    duration: '12',
    videoMediaId: '$iQELDemoVideo01',
    videoType: 'mp4',
    picMediaId: '$igEDemoCover01',
    height: '400',
    width: '600',
  },
})
export class SampleVideo {
  @TextField({
    part: 'seconds',
    label: { zh: '时长（秒）', en: 'Length (seconds)' },
    hint: { zh: '写成文本的整数', en: 'A whole number, written as text' },
    pattern: numericText,
  })
  duration!: string;

  @MediaField({ label: { zh: '视频', en: 'Video' }, media: 'video', accepts: ['media_id'] })
  videoMediaId!: string;

  @ChoiceField({ label: { zh: '视频类型', en: 'Video type' }, values: ['mp4'] })
  videoType!: string;

  @MediaField({ part: 'cover', label: { zh: '封面', en: 'Cover' }, media: 'image', accepts: ['media_id'] })
  picMediaId!: string;

  @TextField({ label: { zh: '高度（像素）', en: 'Height (px)' }, required: false, pattern: numericText })
  height?: string;

  @TextField({ label: { zh: '宽度（像素）', en: 'Width (px)' }, required: false, pattern: numericText })
  width?: string;
}
