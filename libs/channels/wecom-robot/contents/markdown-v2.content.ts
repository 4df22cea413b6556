import { WECOM_MARKDOWN_V2 } from '../../_wecom/markdown.js';
import { bytes } from '#libs/core';
import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';
import { joinTexts } from '../../joined-texts.js';

/** Doc 99110. Lists, tables, code and pictures, but no colours and no mentions; old clients show plain text. */
@ContentKind({
  kind: 'markdown_v2',
  layout: 'markdown',
  label: { zh: 'Markdown v2', en: 'Markdown v2' },
  example: { content: '# 日报\n- 新增 12\n- 关闭 9\n\n| 模块 | 缺陷 |\n| :--- | ---: |\n| 支付 | 3 |\n' },
  merge: joinTexts('content'),
})
export class WecomRobotMarkdownV2 {
  @TextField({
    part: 'text',
    markup: WECOM_MARKDOWN_V2,
    label: { zh: '内容', en: 'Content' },
    limit: bytes(4096),
    format: 'markdown',
    multiline: true,
  })
  content!: string;
}
