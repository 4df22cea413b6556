import { WECOM_MARKDOWN } from '../../_wecom/markdown.js';
import { bytes } from '#libs/core';
import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';

/** Doc 90236. A subset: headings, bold, links, one-line code, quotes, three font colours; not shown in WeChat. */
@ContentKind({
  kind: 'markdown',
  layout: 'markdown',
  label: { zh: 'Markdown', en: 'Markdown' },
  example: {
    content:
      '**磁盘告警**\n>主机：<font color="info">db-03</font>\n>使用率：<font color="warning">93%</font>\n>[处理手册](https://wiki.example.com/disk)',
  },
})
export class WecomAppMarkdown {
  @TextField({
    part: 'text',
    markup: WECOM_MARKDOWN,
    label: { zh: '内容', en: 'Content' },
    limit: bytes(2048),
    format: 'markdown',
    multiline: true,
  })
  content!: string;
}
