import { QuoteArea } from '../../../_wecom/cards/card-areas.js';
import { HorizontalBlock, MainTitleBlock, QuoteBlock, SourceBlock } from '../../../_wecom/cards/card-blocks.js';
import { CardTypeField } from '../../../_wecom/cards/card-type.js';
import { AdvisedText } from '../../../_wecom/vendor-fields.js';
import { ContentKind } from '../../../content.js';
import { Rules, uniqueIn } from '../../../field-rules.js';
import { ListField, ObjectField } from '../../../fields.js';
import { ActionMenu, ActionMenuBlock, Button, ButtonSelection, OptionalAction } from './card-interactions.js';
import { HorizontalRow, Source, TaskIdField } from './card-parts.js';
import { MainTitle } from './card-titles.js';

@ContentKind({
  kind: 'template_card',
  layout: 'card',
  label: { zh: '按钮交互型', en: 'Buttons' },
  example: {
    card_type: 'button_interaction',
    main_title: { title: '请假审批', desc: '陈伟 申请年假两天' },
    sub_title_text: '8月25日至8月26日',
    horizontal_content_list: [{ keyname: '剩余', value: '6.5 天' }],
    task_id: 'leave_8842@2026',
    button_selection: {
      question_key: 'handover',
      title: '交接人',
      option_list: [
        { id: 'u1', text: '王磊' },
        { id: 'u2', text: '赵敏' },
      ],
      selected_id: 'u1',
    },
    button_list: [
      { text: '同意', style: 1, key: 'approve:8842' },
      { text: '驳回', style: 2, key: 'reject:8842' },
      { type: 1, text: '详情', style: 3, url: 'https://oa.example.com/leave/8842' },
    ],
  },
})
@Rules(uniqueIn('button_list', 'key'))
export class WecomAppButtonInteraction {
  @CardTypeField('button_interaction')
  card_type!: 'button_interaction';

  @SourceBlock(() => Source)
  source?: Source;

  @ActionMenuBlock()
  action_menu?: ActionMenu;

  @MainTitleBlock(() => MainTitle)
  main_title!: MainTitle;

  @QuoteBlock()
  quote_area?: QuoteArea;

  @AdvisedText({ zh: '二级普通文本', en: 'Second title' }, 160, { part: 'text' })
  sub_title_text?: string;

  @HorizontalBlock(() => HorizontalRow)
  horizontal_content_list?: HorizontalRow[];

  @ObjectField({
    label: { zh: '整卡点击', en: 'Click on the card' },
    item: () => OptionalAction,
    required: false,
  })
  card_action?: OptionalAction;

  @TaskIdField()
  task_id?: string;

  @ObjectField({
    part: 'select',
    label: { zh: '下拉选择', en: 'Selection' },
    item: () => ButtonSelection,
    required: false,
  })
  button_selection?: ButtonSelection;

  @ListField({ part: 'buttons', label: { zh: '按钮', en: 'Buttons' }, item: () => Button, minItems: 1, maxItems: 6 })
  button_list!: Button[];
}
