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
import { RobotHorizontalRow, RobotJump, RobotSource, RobotTitle, RobotVerticalRow } from './card-parts.js';

@ContentKind({
  kind: 'template_card',
  layout: 'card',
  label: { zh: '图文展示型', en: 'News notice' },
  example: {
    card_type: 'news_notice',
    main_title: { title: '监控周报' },
    card_image: { url: 'https://static.example.com/week34.png', aspect_ratio: 1.6 },
    vertical_content_list: [{ title: '可用性', desc: '99.97%' }],
    card_action: { type: 1, url: 'https://portal.example.com/week34' },
  },
})
export class WecomRobotNewsNotice {
  @CardTypeField('news_notice')
  card_type!: 'news_notice';

  @SourceBlock(() => RobotSource)
  source?: RobotSource;

  @MainTitleBlock(() => RobotTitle)
  main_title!: RobotTitle;

  @CardImageBlock(true)
  card_image!: CardImage;

  @ImageTextBlock()
  image_text_area?: ImageTextArea;

  @QuoteBlock()
  quote_area?: QuoteArea;

  @VerticalBlock(() => RobotVerticalRow)
  vertical_content_list?: RobotVerticalRow[];

  @HorizontalBlock(() => RobotHorizontalRow)
  horizontal_content_list?: RobotHorizontalRow[];

  @JumpBlock(() => RobotJump)
  jump_list?: RobotJump[];

  @CardActionBlock()
  card_action!: CardAction;
}
