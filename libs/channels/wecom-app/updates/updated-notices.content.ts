import { titleOrSubtitle } from '../../_wecom/cards/card-rules.js';
import { ContentKind } from '../../content.js';
import { Rules, oneOf, uniqueIn } from '../../field-rules.js';
import { WecomAppButtonInteraction } from '../contents/cards/button-interaction.content.js';
import { WecomAppNewsNotice } from '../contents/cards/news-notice.content.js';
import { WecomAppTextNotice } from '../contents/cards/text-notice.content.js';
import { ReplaceTextField, keepsTaskId } from './card-state.js';

/** Doc 94888: the cards of doc 90236 without a task id. */
@ContentKind({
  kind: 'template_card',
  layout: 'card',
  label: { zh: '文本通知型', en: 'Text notice' },
  example: {
    card_type: 'text_notice',
    main_title: { title: '数据库主从延迟', desc: 'db-03 已恢复' },
    card_action: { type: 1, url: 'https://grafana.example.com/d/1' },
  },
})
@Rules(titleOrSubtitle, keepsTaskId)
export class UpdatedTextNotice extends WecomAppTextNotice {}

@ContentKind({
  kind: 'template_card',
  layout: 'card',
  label: { zh: '图文展示型', en: 'News notice' },
  example: {
    card_type: 'news_notice',
    main_title: { title: '中秋活动报名', desc: '报名已截止' },
    card_image: { url: 'https://static.example.com/moon.png', aspect_ratio: 2 },
    card_action: { type: 1, url: 'https://portal.example.com/moon' },
  },
})
@Rules(oneOf('card_image', 'image_text_area'), keepsTaskId)
export class UpdatedNewsNotice extends WecomAppNewsNotice {}

@ContentKind({
  kind: 'template_card',
  layout: 'card',
  label: { zh: '按钮交互型', en: 'Buttons' },
  example: {
    card_type: 'button_interaction',
    main_title: { title: '请假审批', desc: '陈伟 申请年假两天' },
    button_list: [{ text: '同意', style: 1, key: 'approve:8842' }],
    replace_text: '已同意',
  },
})
@Rules(uniqueIn('button_list', 'key'), keepsTaskId)
export class UpdatedButtonInteraction extends WecomAppButtonInteraction {
  @ReplaceTextField()
  replace_text?: string;
}
