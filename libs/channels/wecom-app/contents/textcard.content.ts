import { bytes, characters } from '#libs/core';
import { webLink } from '../../_wecom/web-link.js';
import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';

/** Doc 90236. Its limits are in characters on the newest page and in bytes on older ones: the stricter reading holds. */
@ContentKind({
  kind: 'textcard',
  layout: 'card',
  label: { zh: '文本卡片', en: 'Text card' },
  example: {
    title: '报销单待审批',
    description:
      '<div class="gray">2026年8月20日</div><div class="normal">申请人：陈伟</div><div class="highlight">金额：1,280.00 元</div>',
    url: 'https://oa.example.com/expense/8841',
    btntxt: '去审批',
  },
})
export class WecomAppTextcard {
  @TextField({ part: 'title', label: { zh: '标题', en: 'Title' }, limit: bytes(128), vendorCuts: true })
  title!: string;

  @TextField({
    part: 'text',
    markup: ['tones'],
    label: { zh: '描述', en: 'Description' },
    hint: {
      zh: '可用 <br> 和 class 为 gray、highlight、normal 的 <div>',
      en: '<br>, and <div> of class gray, highlight, normal',
    },
    limit: bytes(512),
    vendorCuts: true,
    format: 'html',
    multiline: true,
  })
  description!: string;

  @TextField({ label: { zh: '跳转链接', en: 'Link' }, limit: bytes(2048), format: 'url', pattern: webLink })
  url!: string;

  @TextField({
    part: 'footer',
    label: { zh: '按钮文字', en: 'Button text' },
    hint: { zh: '默认“详情”', en: 'Default: 详情' },
    default: '详情',
    limit: characters(4),
    required: false,
  })
  btntxt?: string;
}
