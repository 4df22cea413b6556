import { CARD_TYPE } from '../../_wecom/cards/card-type.js';
import { ContentKind, contentKindOf } from '../../content.js';
import { VariantField } from '../../field-variants.js';
import { WecomRobotNewsNotice } from './cards/news-notice.content.js';
import { WecomRobotTextNotice } from './cards/text-notice.content.js';

/** Doc 91770. Two of the cards that apps send, with smaller advised lengths, without menu, task id and callbacks. */
@ContentKind({
  kind: 'template_card',
  layout: 'card',
  label: { zh: '模板卡片', en: 'Template card' },
  example: contentKindOf(WecomRobotTextNotice).example,
})
export class WecomRobotTemplateCard {
  @VariantField({
    label: CARD_TYPE,
    variants: { text_notice: WecomRobotTextNotice, news_notice: WecomRobotNewsNotice },
  })
  card_type!: string;
}
