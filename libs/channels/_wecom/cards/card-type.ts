import { ChoiceField } from '../../fields.js';

export const CARD_TYPE = { zh: '卡片类型', en: 'Card type' };

/** The one value that makes a template card what the class describes. */
export const CardTypeField = (value: string): PropertyDecorator => ChoiceField({ label: CARD_TYPE, values: [value] });
