import { bytes } from '#libs/core';
import { LinkField, MiniProgramField, PagePathField, PictureField } from '../../_wecom/vendor-fields.js';
import { ContentKind } from '../../content.js';
import { Rules, oneOf, onlyWith } from '../../field-rules.js';
import { ListField, TextField } from '../../fields.js';

/** Leads to a link, or to a page of a mini program; the vendor ignores the link beside one. */
@Rules(oneOf('url', 'appid'), onlyWith('appid', 'pagepath'), onlyWith('pagepath', 'appid'))
class NewsArticle {
  @TextField({ part: 'title', label: { zh: '标题', en: 'Title' }, limit: bytes(128), vendorCuts: true })
  title!: string;

  @TextField({
    part: 'text',
    label: { zh: '描述', en: 'Description' },
    limit: bytes(512),
    vendorCuts: true,
    required: false,
    multiline: true,
  })
  description?: string;

  @LinkField({ limit: bytes(2048) })
  url?: string;

  @PictureField({ zh: '图片', en: 'Picture' }, { limit: bytes(2048), part: 'cover' })
  picurl?: string;

  @MiniProgramField()
  appid?: string;

  @PagePathField({ limit: bytes(128) })
  pagepath?: string;
}

/** Doc 90236. Pictures of 1068×455 for the first article and 150×150 for the others look best. */
@ContentKind({
  kind: 'news',
  layout: 'articles',
  label: { zh: '图文', en: 'News' },
  example: {
    articles: [
      {
        title: '第三季度经营简报',
        description: '收入同比增长一成',
        url: 'https://portal.example.com/q3',
        picurl: 'https://static.example.com/q3-1068x455.png',
      },
      {
        title: '食堂订餐',
        description: '今日 10:30 截止',
        appid: 'wx0f1e2d3c4b5a6978',
        pagepath: 'pages/menu?day=20260820',
      },
    ],
  },
})
export class WecomAppNews {
  @ListField({
    part: 'articles',
    label: { zh: '文章', en: 'Articles' },
    item: () => NewsArticle,
    minItems: 1,
    maxItems: 8,
  })
  articles!: NewsArticle[];
}
