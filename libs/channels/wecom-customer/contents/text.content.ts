import { bytes } from '#libs/core';
import { ContentKind } from '../../content.js';
import { ListField, TextField } from '../../fields.js';
import { Attachment } from './attachment.js';

/** A text with up to nine attachments; each of them arrives as a message of its own. */
@ContentKind({
  kind: 'text',
  label: { zh: '文本与附件', en: 'Text and attachments' },
  example: {
    content: '您好，九月账单已出。',
    attachments: [
      {
        msgtype: 'link',
        link: {
          title: '九月账单',
          desc: '点击查看',
          url: 'https://bill.example.com/202609',
          picurl: 'https://static.example.com/bill.png',
        },
      },
      { msgtype: 'image', image: { media_id: '3Img-7hK2p_Qw91' } },
    ],
  },
})
export class WecomCustomerText {
  @TextField({
    part: 'text',
    markup: ['breaks'],
    label: { zh: '内容', en: 'Content' },
    limit: bytes(4000),
    format: 'text',
    multiline: true,
  })
  content!: string;

  @ListField({
    label: { zh: '附件', en: 'Attachments' },
    item: () => Attachment,
    minItems: 1,
    maxItems: 9,
    required: false,
  })
  attachments?: Attachment[];
}
