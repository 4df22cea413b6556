import { MainTitleBlock, SourceBlock } from '../../../_wecom/cards/card-blocks.js';
import { CardTypeField } from '../../../_wecom/cards/card-type.js';
import { ContentKind } from '../../../content.js';
import { Rules, uniqueIn } from '../../../field-rules.js';
import { ListField } from '../../../fields.js';
import { Select, SubmitBlock, SubmitButton } from './card-interactions.js';
import { PlainSource, TaskIdField } from './card-parts.js';
import { FormTitle } from './card-titles.js';

@ContentKind({
  kind: 'template_card',
  layout: 'card',
  label: { zh: '多项选择型', en: 'Several selections' },
  example: {
    card_type: 'multiple_interaction',
    main_title: { title: '工位偏好', desc: '搬迁前请填写' },
    task_id: 'seat-2026-08',
    select_list: [
      {
        question_key: 'floor',
        title: '楼层',
        selected_id: 'f3',
        option_list: [
          { id: 'f3', text: '三楼' },
          { id: 'f5', text: '五楼' },
        ],
      },
      {
        question_key: 'side',
        title: '朝向',
        option_list: [
          { id: 's', text: '靠窗' },
          { id: 'i', text: '靠内' },
        ],
      },
    ],
    submit_button: { text: '提交', key: 'seat:2026-08' },
  },
})
@Rules(uniqueIn('select_list', 'question_key'))
export class WecomAppMultipleInteraction {
  @CardTypeField('multiple_interaction')
  card_type!: 'multiple_interaction';

  @SourceBlock(() => PlainSource)
  source?: PlainSource;

  @MainTitleBlock(() => FormTitle)
  main_title!: FormTitle;

  @TaskIdField()
  task_id?: string;

  @ListField({
    part: 'select',
    label: { zh: '下拉选择', en: 'Selections' },
    item: () => Select,
    minItems: 1,
    maxItems: 3,
  })
  select_list!: Select[];

  @SubmitBlock()
  submit_button!: SubmitButton;
}
