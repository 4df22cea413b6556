import { WECOM_MARKDOWN } from '../../_wecom/markdown.js';
import { bytes } from '#libs/core';
import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';
import { joinTexts } from '../../joined-texts.js';

/** Doc 91770. A subset: headings, bold, links, one-line code, quotes, three font colours; `<@userid>` mentions. */
@ContentKind({
  kind: 'markdown',
  layout: 'markdown',
  label: { zh: 'Markdown', en: 'Markdown' },
  example: {
    content: '构建 <font color="warning">#218</font> 失败\n>分支：<font color="comment">main</font>\n<@chenwei>',
  },
  merge: joinTexts('content'),
})
export class WecomRobotMarkdown {
  @TextField({
    part: 'text',
    markup: [...WECOM_MARKDOWN, 'mentions'],
    label: { zh: '内容', en: 'Content' },
    limit: bytes(4096),
    format: 'markdown',
    multiline: true,
  })
  content!: string;
}
