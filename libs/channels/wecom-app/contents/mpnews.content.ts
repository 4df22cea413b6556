import { bytes } from '#libs/core';
import { LinkField } from '../../_wecom/vendor-fields.js';
import { ContentKind } from '../../content.js';
import { ListField, TextField } from '../../fields.js';
import { MediaField } from '../../media-field.js';

class MpnewsArticle {
  @TextField({ part: 'title', label: { zh: '标题', en: 'Title' }, limit: bytes(128), vendorCuts: true })
  title!: string;

  @MediaField({
    part: 'cover',
    label: { zh: '封面图 media_id', en: 'Cover (media id)' },
    media: 'image',
    accepts: ['media_id'],
  })
  thumb_media_id!: string;

  @TextField({ part: 'author', label: { zh: '作者', en: 'Author' }, limit: bytes(64), required: false })
  author?: string;

  @LinkField({ label: { zh: '原文链接', en: 'Link to the source' } })
  content_source_url?: string;

  @TextField({
    label: { zh: '正文（HTML）', en: 'Body (HTML)' },
    limit: bytes(666 * 1024),
    format: 'html',
    multiline: true,
  })
  content!: string;

  @TextField({
    part: 'text',
    label: { zh: '摘要', en: 'Digest' },
    limit: bytes(512),
    vendorCuts: true,
    required: false,
    multiline: true,
  })
  digest?: string;
}

/** Doc 90236. Articles that the vendor stores; the only kind that can be kept inside the corp (`safe` 2). */
@ContentKind({
  kind: 'mpnews',
  layout: 'articles',
  label: { zh: '图文（存储于企业微信）', en: 'News stored at WeCom' },
  example: {
    articles: [
      {
        title: '信息安全须知',
        thumb_media_id: '3Img-7hK2p_Qw91',
        author: '信息安全部',
        content_source_url: 'https://portal.example.com/security',
        content: '<p>请勿在群里发送口令。</p>',
        digest: '三条必须遵守的规定',
      },
    ],
  },
})
export class WecomAppMpnews {
  @ListField({
    part: 'articles',
    label: { zh: '文章', en: 'Articles' },
    item: () => MpnewsArticle,
    minItems: 1,
    maxItems: 8,
  })
  articles!: MpnewsArticle[];
}
