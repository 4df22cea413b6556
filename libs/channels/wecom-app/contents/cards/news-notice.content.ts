import { CardAction, CardImage, ImageTextArea, QuoteArea } from '../../../_wecom/cards/card-areas.js';
import {
  CardActionBlock,
  CardImageBlock,
  HorizontalBlock,
  ImageTextBlock,
  JumpBlock,
  MainTitleBlock,
  QuoteBlock,
  SourceBlock,
  VerticalBlock,
} from '../../../_wecom/cards/card-blocks.js';
import { CardTypeField } from '../../../_wecom/cards/card-type.js';
import { ContentKind } from '../../../content.js';
import { Rules, oneOf } from '../../../field-rules.js';
import { ActionMenu, ActionMenuBlock } from './card-interactions.js';
import { HorizontalRow, Jump, Source, TaskIdField, VerticalRow } from './card-parts.js';
import { MainTitle } from './card-titles.js';

@ContentKind({
  kind: 'template_card',
  layout: 'card',
  label: { zh: '图文展示型', en: 'News notice' },
  example: {
    card_type: 'news_notice',
    source: { desc: '行政部' },
    main_title: { title: '中秋活动报名', desc: '限 200 人' },
    card_image: { url: 'https://static.example.com/moon.png', aspect_ratio: 2 },
    image_text_area: {
      type: 1,
      url: 'https://portal.example.com/moon',
      title: '活动须知',
      desc: '点击查看',
      image_url: 'https://static.example.com/moon-s.png',
    },
    vertical_content_list: [{ title: '地点', desc: '一号楼报告厅' }],
    horizontal_content_list: [{ keyname: '时间', value: '9月20日 14:00' }],
    jump_list: [{ type: 1, title: '立即报名', url: 'https://portal.example.com/moon/join' }],
    card_action: { type: 1, url: 'https://portal.example.com/moon' },
  },
})
@Rules(oneOf('card_image', 'image_text_area'))
export class WecomAppNewsNotice {
  @CardTypeField('news_notice')
  card_type!: 'news_notice';

  @SourceBlock(() => Source)
  source?: Source;

  @ActionMenuBlock()
  action_menu?: ActionMenu;

  @TaskIdField()
  task_id?: string;

  @MainTitleBlock(() => MainTitle)
  main_title!: MainTitle;

  @QuoteBlock()
  quote_area?: QuoteArea;

  @CardImageBlock(false)
  card_image?: CardImage;

  @ImageTextBlock()
  image_text_area?: ImageTextArea;

  @VerticalBlock(() => VerticalRow)
  vertical_content_list?: VerticalRow[];

  @HorizontalBlock(() => HorizontalRow)
  horizontal_content_list?: HorizontalRow[];

  @JumpBlock(() => Jump)
  jump_list?: Jump[];

  @CardActionBlock()
  card_action!: CardAction;
}
