import { MainTitleBlock, SourceBlock } from '../../../_wecom/cards/card-blocks.js';
import { CardTypeField } from '../../../_wecom/cards/card-type.js';
import { ContentKind } from '../../../content.js';
import { ObjectField } from '../../../fields.js';
import { Checkbox, SubmitBlock, SubmitButton } from './card-interactions.js';
import { PlainSource, TaskIdField } from './card-parts.js';
import { VoteTitle } from './card-titles.js';

@ContentKind({
  kind: 'template_card',
  layout: 'card',
  label: { zh: '投票选择型', en: 'Vote' },
  example: {
    card_type: 'vote_interaction',
    source: { desc: '行政部' },
    main_title: { title: '团建去哪里', desc: '可以多选' },
    task_id: 'vote-2026-09',
    checkbox: {
      question_key: 'place',
      mode: 1,
      option_list: [
        { id: 'hike', text: '登山', is_checked: false },
        { id: 'camp', text: '露营', is_checked: true },
      ],
    },
    submit_button: { text: '提交', key: 'vote:2026-09' },
  },
})
export class WecomAppVoteInteraction {
  @CardTypeField('vote_interaction')
  card_type!: 'vote_interaction';

  @SourceBlock(() => PlainSource)
  source?: PlainSource;

  @MainTitleBlock(() => VoteTitle)
  main_title!: VoteTitle;

  @TaskIdField()
  task_id?: string;

  @ObjectField({ part: 'question', label: { zh: '选择题', en: 'Question' }, item: () => Checkbox })
  checkbox!: Checkbox;

  @SubmitBlock()
  submit_button!: SubmitButton;
}
