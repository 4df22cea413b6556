import { MainTitleBlock, SourceBlock } from '../../_wecom/cards/card-blocks.js';
import { CardTypeField } from '../../_wecom/cards/card-type.js';
import { ContentKind } from '../../content.js';
import { Rules, uniqueIn } from '../../field-rules.js';
import type { SubmitButton } from '../contents/cards/card-interactions.js';
import { PlainSource, TaskIdField } from '../contents/cards/card-parts.js';
import { FormTitle, VoteTitle } from '../contents/cards/card-titles.js';
import {
  OptionalSubmit,
  ReplaceTextField,
  SettledCheckboxField,
  SettledSelectsField,
  keepsTaskId,
  type SettledCheckbox,
  type SettledSelect,
} from './card-state.js';

/** Doc 94888: like the cards that are sent, but the submit button may go and the questions may be closed. */
@ContentKind({
  kind: 'template_card',
  layout: 'card',
  label: { zh: '投票选择型', en: 'Vote' },
  example: {
    card_type: 'vote_interaction',
    main_title: { title: '团建去哪里', desc: '投票已结束' },
    checkbox: {
      question_key: 'place',
      disable: true,
      mode: 1,
      option_list: [
        { id: 'hike', text: '登山', is_checked: false },
        { id: 'camp', text: '露营', is_checked: true },
      ],
    },
    replace_text: '已结束',
  },
})
@Rules(keepsTaskId)
export class UpdatedVoteInteraction {
  @CardTypeField('vote_interaction')
  card_type!: 'vote_interaction';

  @SourceBlock(() => PlainSource)
  source?: PlainSource;

  @MainTitleBlock(() => VoteTitle)
  main_title!: VoteTitle;

  @TaskIdField()
  task_id?: string;

  @SettledCheckboxField()
  checkbox!: SettledCheckbox;

  @OptionalSubmit()
  submit_button?: SubmitButton;

  @ReplaceTextField()
  replace_text?: string;
}

@ContentKind({
  kind: 'template_card',
  layout: 'card',
  label: { zh: '多项选择型', en: 'Several selections' },
  example: {
    card_type: 'multiple_interaction',
    main_title: { title: '工位偏好', desc: '已提交' },
    select_list: [
      {
        question_key: 'floor',
        title: '楼层',
        selected_id: 'f3',
        option_list: [{ id: 'f3', text: '三楼' }],
        disable: true,
      },
    ],
    replace_text: '已提交',
  },
})
@Rules(uniqueIn('select_list', 'question_key'), keepsTaskId)
export class UpdatedMultipleInteraction {
  @CardTypeField('multiple_interaction')
  card_type!: 'multiple_interaction';

  @SourceBlock(() => PlainSource)
  source?: PlainSource;

  @MainTitleBlock(() => FormTitle)
  main_title!: FormTitle;

  @TaskIdField()
  task_id?: string;

  @SettledSelectsField()
  select_list!: SettledSelect[];

  @OptionalSubmit()
  submit_button?: SubmitButton;

  @ReplaceTextField()
  replace_text?: string;
}
