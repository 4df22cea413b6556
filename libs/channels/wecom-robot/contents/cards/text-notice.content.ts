import { CardAction, QuoteArea } from '../../../_wecom/cards/card-areas.js';
import {
  CardActionBlock,
  EmphasisBlock,
  HorizontalBlock,
  JumpBlock,
  MainTitleBlock,
  QuoteBlock,
  SourceBlock,
} from '../../../_wecom/cards/card-blocks.js';
import { titleOrSubtitle } from '../../../_wecom/cards/card-rules.js';
import { CardTypeField } from '../../../_wecom/cards/card-type.js';
import { AdvisedText } from '../../../_wecom/vendor-fields.js';
import { ContentKind } from '../../../content.js';
import { Rules } from '../../../field-rules.js';
import { RobotEmphasis, RobotHorizontalRow, RobotJump, RobotOptionalTitle, RobotSource } from './card-parts.js';

@ContentKind({
  kind: 'template_card',
  layout: 'card',
  label: { zh: '文本通知型', en: 'Text notice' },
  example: {
    card_type: 'text_notice',
    source: { desc: '发布平台', desc_color: 3 },
    main_title: { title: '版本 3.2 已上线', desc: '灰度 100%' },
    emphasis_content: { title: '14', desc: '修复问题数' },
    sub_title_text: '如有异常请回滚',
    horizontal_content_list: [{ keyname: '负责人', value: '刘芳', type: 3, userid: 'liu.fang' }],
    jump_list: [{ type: 1, title: '回滚手册', url: 'https://wiki.example.com/rollback' }],
    card_action: { type: 1, url: 'https://portal.example.com/rel/3.2' },
  },
})
@Rules(titleOrSubtitle)
export class WecomRobotTextNotice {
  @CardTypeField('text_notice')
  card_type!: 'text_notice';

  @SourceBlock(() => RobotSource)
  source?: RobotSource;

  @MainTitleBlock(() => RobotOptionalTitle)
  main_title!: RobotOptionalTitle;

  @EmphasisBlock(() => RobotEmphasis)
  emphasis_content?: RobotEmphasis;

  @QuoteBlock()
  quote_area?: QuoteArea;

  @AdvisedText({ zh: '二级普通文本', en: 'Second title' }, 112, { part: 'text' })
  sub_title_text?: string;

  @HorizontalBlock(() => RobotHorizontalRow)
  horizontal_content_list?: RobotHorizontalRow[];

  @JumpBlock(() => RobotJump)
  jump_list?: RobotJump[];

  @CardActionBlock()
  card_action!: CardAction;
}
