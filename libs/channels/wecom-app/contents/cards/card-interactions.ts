import { bytes } from '#libs/core';
import { ClickType } from '../../../_wecom/cards/card-areas.js';
import {
  AdvisedText,
  CallbackKey,
  LINK_RULES,
  LinkField,
  MiniProgramField,
  OPENS_LINK,
  OPENS_MINI_PROGRAM,
  PagePathField,
} from '../../../_wecom/vendor-fields.js';
import { Rules, isGiven, requiredWhen, uniqueIn, type Rule } from '../../../field-rules.js';
import { BooleanField, ChoiceField, ListField, ObjectField, TextField } from '../../../fields.js';

const QUESTION_KEY = { zh: '题目 key', en: 'Question key' };
const OPTIONS = { zh: '选项', en: 'Options' };
const OPTION_TEXT = { zh: '选项文字', en: 'Text' };

const OptionId = (): PropertyDecorator =>
  TextField({ part: 'id', label: { zh: '选项 ID', en: 'Option id' }, format: 'key', limit: bytes(128) });

const SelectedId = (): PropertyDecorator =>
  TextField({
    part: 'chosen',
    label: { zh: '默认选项 ID', en: 'Preselected id' },
    format: 'key',
    limit: bytes(128),
    required: false,
  });

class MenuEntry {
  @TextField({ label: { zh: '文字', en: 'Text' } })
  text!: string;

  @CallbackKey({ zh: '回调 key', en: 'Callback key' })
  key!: string;
}

/** The menu in the corner of a card; a card with it can be updated and calls back. */
@Rules(uniqueIn('action_list', 'key'))
export class ActionMenu {
  @TextField({ label: { zh: '说明', en: 'Description' }, required: false })
  desc?: string;

  @ListField({ label: { zh: '操作', en: 'Actions' }, item: () => MenuEntry, minItems: 1, maxItems: 3 })
  action_list!: MenuEntry[];
}

export const ActionMenuBlock = (): PropertyDecorator =>
  ObjectField({ part: 'menu', label: { zh: '右上角菜单', en: 'Menu' }, item: () => ActionMenu, required: false });

class SelectOption {
  @OptionId()
  id!: string;

  @AdvisedText(OPTION_TEXT, 16, { required: true, part: 'option' })
  text!: string;
}

const SelectOptions = (): PropertyDecorator =>
  ListField({ part: 'options', label: OPTIONS, item: () => SelectOption, minItems: 1, maxItems: 10 });

@Rules(uniqueIn('option_list', 'id'))
export class ButtonSelection {
  @CallbackKey(QUESTION_KEY)
  question_key!: string;

  @TextField({ part: 'label', label: { zh: '题目', en: 'Question' }, required: false })
  title?: string;

  @SelectOptions()
  option_list!: SelectOption[];

  @SelectedId()
  selected_id?: string;
}

@Rules(uniqueIn('option_list', 'id'))
export class Select {
  @CallbackKey(QUESTION_KEY)
  question_key!: string;

  @TextField({ part: 'label', label: { zh: '题目', en: 'Question' }, required: false })
  title?: string;

  @SelectedId()
  selected_id?: string;

  @SelectOptions()
  option_list!: SelectOption[];
}

/** A button calls back unless it opens an address. */
const buttonKey: Rule = ({ type, key }) =>
  type === 1 || isGiven(key) ? [] : [{ path: ['key'], code: 'missing_field', message: 'key is required to call back' }];

@Rules(buttonKey, requiredWhen('type', 1, 'url'))
export class Button {
  @ChoiceField({
    label: { zh: '类型', en: 'Type' },
    hint: { zh: '0 回调（默认），1 链接', en: '0 calls back (default), 1 link' },
    values: [0, 1],
    required: false,
  })
  type?: number;

  @AdvisedText({ zh: '按钮文字', en: 'Text' }, 10, { required: true, part: 'button' })
  text!: string;

  @ChoiceField({ part: 'tone', label: { zh: '样式', en: 'Style' }, values: [1, 2, 3, 4], required: false })
  style?: number;

  @CallbackKey({ zh: '回调 key', en: 'Callback key' }, { required: false })
  key?: string;

  @LinkField(OPENS_LINK)
  url?: string;
}

class CheckboxOption {
  @OptionId()
  id!: string;

  @AdvisedText(OPTION_TEXT, 17, { required: true, part: 'option' })
  text!: string;

  @BooleanField({ part: 'isChecked', label: { zh: '默认选中', en: 'Preselected' } })
  is_checked!: boolean;
}

@Rules(uniqueIn('option_list', 'id'))
export class Checkbox {
  @CallbackKey(QUESTION_KEY)
  question_key!: string;

  @ChoiceField({
    part: 'isSeveral',
    label: { zh: '选择方式', en: 'Mode' },
    hint: { zh: '0 单选（默认），1 多选', en: '0 one (default), 1 several' },
    values: [0, 1],
    required: false,
  })
  mode?: number;

  @ListField({ part: 'options', label: OPTIONS, item: () => CheckboxOption, minItems: 1, maxItems: 20 })
  option_list!: CheckboxOption[];
}

export class SubmitButton {
  @AdvisedText({ zh: '按钮文字', en: 'Text' }, 10, {
    hint: { zh: '默认“提交”', en: 'Default: 提交' },
    default: '提交',
    part: 'button',
  })
  text?: string;

  @CallbackKey({ zh: '回调 key', en: 'Callback key' })
  key!: string;
}

export const SubmitBlock = (): PropertyDecorator =>
  ObjectField({ part: 'buttons', label: { zh: '提交按钮', en: 'Submit button' }, item: () => SubmitButton });

/** Of a card with buttons: nothing need happen at a click beside them. */
@Rules(...LINK_RULES)
export class OptionalAction {
  @ClickType()
  type?: number;

  @LinkField(OPENS_LINK)
  url?: string;

  @MiniProgramField(OPENS_MINI_PROGRAM)
  appid?: string;

  @PagePathField(OPENS_MINI_PROGRAM)
  pagepath?: string;
}
