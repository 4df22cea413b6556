import { ContentKind } from '../../content.js';
import { ListField, TextField } from '../../fields.js';
import { MediaField } from '../../media-field.js';

/** One row of a feed card. */
export class FeedLink {
  @TextField({ part: 'title', label: { zh: '标题', en: 'Title' } })
  title!: string;

  @TextField({ label: { zh: '点击后打开的地址', en: 'Address to open' }, format: 'url' })
  messageURL!: string;

  @MediaField({ part: 'cover', label: { zh: '图片', en: 'Picture' }, media: 'image', accepts: ['url', 'media_id'] })
  picURL!: string;
}

@ContentKind({
  kind: 'feedCard',
  layout: 'articles',
  label: { zh: '图文列表', en: 'Feed card' },
  example: {
    links: [
      {
        title: 'Outage summary',
        messageURL: 'https://blog.example.com/1',
        picURL: 'https://img.example.com/1.png',
      },
      {
        title: 'New on-call rota',
        messageURL: 'https://blog.example.com/2',
        picURL: 'https://img.example.com/2.png',
      },
    ],
  },
})
export class FeedCardContent {
  @ListField({ part: 'articles', label: { zh: '条目', en: 'Entries' }, item: () => FeedLink, minItems: 1 })
  links!: FeedLink[];
}
