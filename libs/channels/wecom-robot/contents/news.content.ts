import { bytes } from '#libs/core';
import { LinkField, PictureField } from '../../_wecom/vendor-fields.js';
import { ContentKind } from '../../content.js';
import { ListField, TextField } from '../../fields.js';

class RobotArticle {
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

  @LinkField({ required: true })
  url!: string;

  @PictureField({ zh: '图片', en: 'Picture' }, { part: 'cover' })
  picurl?: string;
}

/** Doc 91770. */
@ContentKind({
  kind: 'news',
  layout: 'articles',
  label: { zh: '图文', en: 'News' },
  example: {
    articles: [
      {
        title: '发布说明 3.2',
        description: '修复 14 个问题',
        url: 'https://portal.example.com/rel/3.2',
        picurl: 'https://static.example.com/rel32.png',
      },
    ],
  },
})
export class WecomRobotNews {
  @ListField({
    part: 'articles',
    label: { zh: '文章', en: 'Articles' },
    item: () => RobotArticle,
    minItems: 1,
    maxItems: 8,
  })
  articles!: RobotArticle[];
}
