import { isGiven, type Rule } from '../../field-rules.js';
import { BooleanField, ListField, ObjectField } from '../../fields.js';
import { AdvisedText } from '../../_wecom/vendor-fields.js';
import { Checkbox, Select, SubmitButton } from '../contents/cards/card-interactions.js';

const DISABLED = { zh: '不可再选', en: 'Cannot be changed any more' };

/** The text on the greyed button of an interactive card. */
export const ReplaceTextField = (): PropertyDecorator =>
  AdvisedText({ zh: '按钮替换文案', en: 'Text on the grey button' }, 10, { part: 'replaced' });

export class SettledCheckbox extends Checkbox {
  @BooleanField({ label: DISABLED, required: false })
  disable?: boolean;
}

export class SettledSelect extends Select {
  @BooleanField({ label: DISABLED, required: false })
  disable?: boolean;
}

export const SettledCheckboxField = (): PropertyDecorator =>
  ObjectField({ part: 'question', label: { zh: '选择题', en: 'Question' }, item: () => SettledCheckbox });

export const SettledSelectsField = (): PropertyDecorator =>
  ListField({
    part: 'select',
    label: { zh: '下拉选择', en: 'Selections' },
    item: () => SettledSelect,
    minItems: 1,
    maxItems: 3,
  });

/** Unlike when it is sent, a card may do without it. */
export const OptionalSubmit = (): PropertyDecorator =>
  ObjectField({
    part: 'buttons',
    label: { zh: '提交按钮', en: 'Submit button' },
    item: () => SubmitButton,
    required: false,
  });

/** The card keeps its task id: an update names none (doc 94888). */
export const keepsTaskId: Rule = ({ task_id: taskId }) =>
  isGiven(taskId)
    ? [{ path: ['task_id'], code: 'invalid_value', message: 'an updated card keeps its task_id; leave it out' }]
    : [];
