import { bytes, characters, sizeOf } from '#libs/core';
import { PagePathField } from '../../_wecom/vendor-fields.js';
import { ContentKind } from '../../content.js';
import { Rules, isGiven, type Rule } from '../../field-rules.js';
import { BooleanField, ListField, TextField } from '../../fields.js';

const fourOrMore = {
  test: (text: string): boolean => text === '' || sizeOf(text, 'characters') >= 4,
  message: 'must have 4 to 12 characters',
};

/** The vendor ignores a pair that is wholly empty and refuses one that is half empty (90202, 90203). */
const bothOrNone: Rule = ({ key, value }) => {
  if (isGiven(key) === isGiven(value)) return [];
  const name = isGiven(key) ? 'value' : 'key';
  return [{ path: [name], code: 'content_empty', message: `${name} must not be empty beside the other` }];
};

@Rules(bothOrNone)
class NoticeItem {
  @TextField({ part: 'label', label: { zh: '名称', en: 'Key' }, limit: characters(10), allowEmpty: true })
  key!: string;

  @TextField({ part: 'value', label: { zh: '内容', en: 'Value' }, limit: characters(30), allowEmpty: true })
  value!: string;
}

/** Doc 90236. Only for apps bound to a mini program, which takes the place of the agent id; never to everybody. */
@ContentKind({
  kind: 'miniprogram_notice',
  layout: 'card',
  label: { zh: '小程序通知', en: 'Mini program notice' },
  example: {
    appid: 'wx0f1e2d3c4b5a6978',
    page: 'pages/room?id=402',
    title: '会议室预定成功',
    description: '请提前五分钟到',
    emphasis_first_item: true,
    content_item: [
      { key: '会议室', value: '402' },
      { key: '时间', value: '2026-08-21 09:00' },
    ],
  },
})
export class WecomAppMiniprogramNotice {
  @TextField({ part: 'miniProgram', label: { zh: '小程序 AppID', en: 'Mini program id' }, format: 'key' })
  appid!: string;

  @PagePathField({ limit: bytes(1024) })
  page?: string;

  @TextField({ part: 'title', label: { zh: '标题', en: 'Title' }, limit: characters(12), pattern: fourOrMore })
  title!: string;

  @TextField({
    part: 'subtitle',
    label: { zh: '描述', en: 'Description' },
    limit: characters(12),
    pattern: fourOrMore,
    required: false,
  })
  description?: string;

  @BooleanField({ part: 'firstIsLarge', label: { zh: '放大第一项', en: 'Emphasise the first item' }, required: false })
  emphasis_first_item?: boolean;

  @ListField({
    part: 'rows',
    label: { zh: '内容项', en: 'Items' },
    item: () => NoticeItem,
    maxItems: 10,
    required: false,
  })
  content_item?: NoticeItem[];
}
