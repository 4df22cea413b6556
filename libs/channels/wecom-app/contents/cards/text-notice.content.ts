import {
  CardActionBlock,
  EmphasisBlock,
  HorizontalBlock,
  JumpBlock,
  MainTitleBlock,
  QuoteBlock,
  SourceBlock,
} from '../../../_wecom/cards/card-blocks.js';
import { CardAction, QuoteArea } from '../../../_wecom/cards/card-areas.js';
import { CardTypeField } from '../../../_wecom/cards/card-type.js';
import { titleOrSubtitle } from '../../../_wecom/cards/card-rules.js';
import { AdvisedText } from '../../../_wecom/vendor-fields.js';
import { ContentKind } from '../../../content.js';
import { Rules } from '../../../field-rules.js';
import { ActionMenu, ActionMenuBlock } from './card-interactions.js';
import { Emphasis, HorizontalRow, Jump, Source, TaskIdField } from './card-parts.js';
import { OptionalTitle } from './card-titles.js';

@ContentKind({
  kind: 'template_card',
  layout: 'card',
  label: { zh: '文本通知型', en: 'Text notice' },
  example: {
    card_type: 'text_notice',
    source: { icon_url: 'https://static.example.com/logo72.png', desc: '运维平台', desc_color: 2 },
    action_menu: { desc: '更多操作', action_list: [{ text: '不再提醒', key: 'mute' }] },
    task_id: 'alarm-20260820-0001',
    main_title: { title: '数据库主从延迟', desc: 'db-03 延迟超过阈值' },
    emphasis_content: { title: '87 秒', desc: '当前延迟' },
    sub_title_text: '请值班同学尽快处理',
    horizontal_content_list: [
      { keyname: '级别', value: 'P2' },
      { type: 1, keyname: '看板', value: '打开', url: 'https://grafana.example.com/d/1' },
      { type: 2, keyname: '日志', value: 'slow.log.txt', media_id: '3Fil-93Tr0b' },
      { type: 3, keyname: '负责人', value: '刘芳', userid: 'liu.fang' },
    ],
    jump_list: [{ type: 1, title: '处理手册', url: 'https://wiki.example.com/lag' }],
    card_action: { type: 1, url: 'https://grafana.example.com/d/1' },
  },
})
@Rules(titleOrSubtitle)
export class WecomAppTextNotice {
  @CardTypeField('text_notice')
  card_type!: 'text_notice';

  @SourceBlock(() => Source)
  source?: Source;

  @ActionMenuBlock()
  action_menu?: ActionMenu;

  @TaskIdField()
  task_id?: string;

  @MainTitleBlock(() => OptionalTitle, false)
  main_title?: OptionalTitle;

  @QuoteBlock()
  quote_area?: QuoteArea;

  @EmphasisBlock(() => Emphasis)
  emphasis_content?: Emphasis;

  @AdvisedText({ zh: '二级普通文本', en: 'Second title' }, 160, { part: 'text' })
  sub_title_text?: string;

  @HorizontalBlock(() => HorizontalRow)
  horizontal_content_list?: HorizontalRow[];

  @JumpBlock(() => Jump)
  jump_list?: Jump[];

  @CardActionBlock()
  card_action!: CardAction;
}
