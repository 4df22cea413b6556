import { ContentKind } from '../../content.js';
import { ObjectField, TextField } from '../../fields.js';
import { OaBody, OaHead, OaStatusBar } from './oa-parts.js';

/** With a status bar the vendor takes at most 5 users in one call, and no departments: see `checkStatusBarAudience`. */
@ContentKind({
  kind: 'oa',
  layout: 'card',
  label: { zh: 'OA', en: 'OA' },
  example: {
    message_url: 'https://oa.example.com/m/55',
    pc_message_url: 'https://oa.example.com/pc/55',
    head: { bgcolor: 'FFBBBBBB', text: 'Expense' },
    status_bar: { status_value: 'Pending', status_bg: '0xFFF65E5E' },
    body: {
      title: 'Expense claim 55',
      form: [
        { key: 'Who:', value: 'Alice' },
        { key: 'Amount:', value: '320.00' },
        { key: 'Trip:', value: 'Hangzhou' },
      ],
      rich: { num: '320.00', unit: 'CNY' },
      content: 'Taxi and hotel, receipts attached.',
      image: '@lADPDemoImage01',
      file_count: '2',
      author: 'Finance bot',
    },
  },
})
export class OaContent {
  @TextField({ label: { zh: '点击后打开的地址', en: 'Address to open' }, format: 'url' })
  message_url!: string;

  @TextField({ label: { zh: '电脑端打开的地址', en: 'Address to open on a PC' }, required: false, format: 'url' })
  pc_message_url?: string;

  @ObjectField({ part: 'head', label: { zh: '头部', en: 'Head' }, item: () => OaHead })
  head!: OaHead;

  @ObjectField({
    part: 'status',
    label: { zh: '状态栏', en: 'Status bar' },
    hint: { zh: '最多 5 人，不能发给部门或全员', en: 'At most 5 users, no departments and not everybody' },
    required: false,
    item: () => OaStatusBar,
  })
  status_bar?: OaStatusBar;

  @ObjectField({ label: { zh: '正文', en: 'Body' }, required: false, item: () => OaBody })
  body?: OaBody;
}
