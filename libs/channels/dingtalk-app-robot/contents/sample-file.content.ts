import { ContentKind } from '../../content.js';
import { ChoiceField, TextField } from '../../fields.js';
import { MediaField } from '../../media-field.js';

@ContentKind({
  kind: 'sampleFile',
  layout: 'file',
  label: { zh: '文件', en: 'File' },
  example: { mediaId: '@lAzDemoFile01', fileName: 'rota.xlsx', fileType: 'xlsx' },
})
export class SampleFile {
  @MediaField({ label: { zh: '文件', en: 'File' }, media: 'file', accepts: ['media_id'] })
  mediaId!: string;

  @TextField({ part: 'fileName', label: { zh: '文件名', en: 'File name' } })
  fileName!: string;

  @ChoiceField({
    label: { zh: '文件类型', en: 'File type' },
    values: ['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx'],
  })
  fileType!: string;
}
