import { CARD_TYPE } from '../../_wecom/cards/card-type.js';
import { ContentKind, contentKindOf } from '../../content.js';
import { VariantField } from '../../field-variants.js';
import { WecomAppButtonInteraction } from './cards/button-interaction.content.js';
import { WecomAppMultipleInteraction } from './cards/multiple-interaction.content.js';
import { WecomAppNewsNotice } from './cards/news-notice.content.js';
import { WecomAppTextNotice } from './cards/text-notice.content.js';
import { WecomAppVoteInteraction } from './cards/vote-interaction.content.js';

/**
 * Doc 90236. Cards with buttons, votes or selections, and notices with a menu, call back and can be updated; an app
 * without a callback address cannot send them (43012).
 */
@ContentKind({
  kind: 'template_card',
  layout: 'card',
  label: { zh: '模板卡片', en: 'Template card' },
  example: contentKindOf(WecomAppTextNotice).example,
})
export class WecomAppTemplateCard {
  @VariantField({
    label: CARD_TYPE,
    variants: {
      text_notice: WecomAppTextNotice,
      news_notice: WecomAppNewsNotice,
      button_interaction: WecomAppButtonInteraction,
      vote_interaction: WecomAppVoteInteraction,
      multiple_interaction: WecomAppMultipleInteraction,
    },
  })
  card_type!: string;
}
