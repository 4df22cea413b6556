import type { ClassOf } from '#libs/core';
import { CARD_TYPE } from '../../_wecom/cards/card-type.js';
import { AdvisedText } from '../../_wecom/vendor-fields.js';
import { ContentKind, contentKindOf } from '../../content.js';
import { VariantField } from '../../field-variants.js';
import { UpdatedMultipleInteraction, UpdatedVoteInteraction } from './updated-forms.content.js';
import { UpdatedButtonInteraction, UpdatedNewsNotice, UpdatedTextNotice } from './updated-notices.content.js';

/** Greys the button of a card with buttons, a vote or selections, and writes this text on it. */
@ContentKind({
  kind: 'button',
  layout: 'card',
  label: { zh: '按钮置灰', en: 'Grey button' },
  example: { replace_name: '已处理' },
})
export class ButtonUpdate {
  @AdvisedText({ zh: '按钮文案', en: 'Text on the button' }, 10, { required: true, example: '已处理' })
  replace_name!: string;
}

/** Replaces the card by another one, also of another type. */
@ContentKind({
  kind: 'template_card',
  layout: 'card',
  label: { zh: '新的卡片', en: 'New card' },
  example: contentKindOf(UpdatedButtonInteraction).example,
})
export class CardReplacement {
  @VariantField({
    label: CARD_TYPE,
    variants: {
      text_notice: UpdatedTextNotice,
      news_notice: UpdatedNewsNotice,
      button_interaction: UpdatedButtonInteraction,
      vote_interaction: UpdatedVoteInteraction,
      multiple_interaction: UpdatedMultipleInteraction,
    },
  })
  card_type!: string;
}

export const WECOM_APP_UPDATES: readonly ClassOf<object>[] = [ButtonUpdate, CardReplacement];
