import { bytes } from '#libs/core';
import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';

/** Doc 90236. `\n` breaks lines; `<a href="…">` makes links. */
@ContentKind({
  kind: 'text',
  label: { zh: '文本', en: 'Text' },
  example: { content: '出库单 CK-20260801 已完成\n<a href="https://wms.example.com/ck/20260801">查看明细</a>' },
})
export class WecomAppText {
  @TextField({
    part: 'text',
    markup: ['anchors', 'breaks'],
    label: { zh: '内容', en: 'Content' },
    limit: bytes(2048),
    vendorCuts: true,
    format: 'text',
    multiline: true,
  })
  content!: string;
}
