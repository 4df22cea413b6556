import { characters } from '#libs/core';
import { ListField, ObjectField, TextField } from '../../fields.js';
import { MediaField } from '../../media-field.js';

const argb = {
  test: (text: string): boolean => /^[0-9a-f]{8}$/i.test(text),
  message: 'must be 8 hex digits, alpha first, without 0x',
};
const argbWithPrefix = {
  test: (text: string): boolean => text === '' || /^0x[0-9a-f]{8}$/i.test(text),
  message: 'must be 0x and 8 hex digits, alpha first',
};

export class OaHead {
  @TextField({
    part: 'colour',
    label: { zh: '头部颜色', en: 'Colour of the head' },
    hint: { zh: '8 位十六进制 ARGB，不带 0x', en: 'ARGB as 8 hex digits, without 0x' },
    format: 'key',
    pattern: argb,
    example: 'FFBBBBBB',
  })
  bgcolor!: string;

  @TextField({
    part: 'title',
    label: { zh: '头部标题', en: 'Text of the head' },
    hint: { zh: '工作通知中会显示为应用名', en: 'Work messages show the name of the app instead' },
    soft: characters(10),
  })
  text!: string;
}

export class OaStatusBar {
  @TextField({ part: 'text', label: { zh: '状态', en: 'Status' } })
  status_value!: string;

  @TextField({
    part: 'colour',
    label: { zh: '状态背景色', en: 'Colour of the status' },
    hint: { zh: '带 0x 的 ARGB，默认黑色', en: 'ARGB with 0x; default black' },
    required: false,
    format: 'key',
    pattern: argbWithPrefix,
    example: '0xFFF65E5E',
  })
  status_bg?: string;
}

export class OaFormEntry {
  @TextField({ part: 'label', label: { zh: '名称', en: 'Name' }, required: false })
  key?: string;

  @TextField({ part: 'value', label: { zh: '值', en: 'Value' }, required: false })
  value?: string;
}

export class OaRichNumber {
  @TextField({ part: 'figure', label: { zh: '数字', en: 'Number' }, required: false })
  num?: string;

  @TextField({ part: 'unit', label: { zh: '单位', en: 'Unit' }, required: false })
  unit?: string;
}

export class OaBody {
  @TextField({ part: 'title', label: { zh: '标题', en: 'Title' }, required: false, soft: characters(50) })
  title?: string;

  @ListField({
    part: 'rows',
    label: { zh: '表单', en: 'Form' },
    hint: { zh: '只显示前 6 项', en: 'Only the first 6 entries are shown' },
    required: false,
    item: () => OaFormEntry,
  })
  form?: OaFormEntry[];

  @ObjectField({
    part: 'emphasis',
    label: { zh: '突出显示的数字', en: 'Large number' },
    required: false,
    item: () => OaRichNumber,
  })
  rich?: OaRichNumber;

  @TextField({
    part: 'text',
    label: { zh: '内容', en: 'Content' },
    hint: { zh: '显示 3 行', en: '3 lines are shown' },
    required: false,
    multiline: true,
  })
  content?: string;

  @MediaField({
    part: 'cover',
    label: { zh: '图片', en: 'Picture' },
    required: false,
    media: 'image',
    accepts: ['media_id'],
  })
  image?: string;

  @TextField({
    part: 'attachments',
    label: { zh: '附件数', en: 'Number of attachments' },
    hint: { zh: '仅显示，写成文本', en: 'For display only, written as text' },
    required: false,
  })
  file_count?: string;

  @TextField({ part: 'author', label: { zh: '作者', en: 'Author' }, required: false })
  author?: string;
}
