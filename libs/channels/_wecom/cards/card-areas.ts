import { Rules } from '../../field-rules.js';
import { ChoiceField, NumberField, TextField } from '../../fields.js';
import {
  LINK_RULES,
  LinkField,
  MiniProgramField,
  OPENS_LINK,
  OPENS_MINI_PROGRAM,
  PagePathField,
  PictureField,
} from '../vendor-fields.js';

/** `type` of an area that need not be clickable. */
export const ClickType = (): PropertyDecorator =>
  ChoiceField({
    label: { zh: '点击类型', en: 'Click' },
    hint: { zh: '0 无，1 链接，2 小程序', en: '0 nothing, 1 link, 2 mini program' },
    values: [0, 1, 2],
    required: false,
  });

@Rules(...LINK_RULES)
export class QuoteArea {
  @ClickType()
  type?: number;

  @LinkField(OPENS_LINK)
  url?: string;

  @MiniProgramField(OPENS_MINI_PROGRAM)
  appid?: string;

  @PagePathField(OPENS_MINI_PROGRAM)
  pagepath?: string;

  @TextField({ part: 'title', label: { zh: '引用标题', en: 'Title of the quotation' }, required: false })
  title?: string;

  @TextField({ part: 'text', label: { zh: '引用内容', en: 'Quotation' }, required: false, multiline: true })
  quote_text?: string;
}

@Rules(...LINK_RULES)
export class ImageTextArea {
  @ClickType()
  type?: number;

  @LinkField(OPENS_LINK)
  url?: string;

  @MiniProgramField(OPENS_MINI_PROGRAM)
  appid?: string;

  @PagePathField(OPENS_MINI_PROGRAM)
  pagepath?: string;

  @TextField({ part: 'title', label: { zh: '标题', en: 'Title' }, required: false })
  title?: string;

  @TextField({ part: 'text', label: { zh: '描述', en: 'Description' }, required: false })
  desc?: string;

  @PictureField({ zh: '图片', en: 'Picture' }, { required: true, part: 'thumb' })
  image_url!: string;
}

/** The vendor's text says strictly between the ends, its samples use both. */
export class CardImage {
  @PictureField({ zh: '图片', en: 'Picture' }, { required: true, part: 'cover' })
  url!: string;

  @NumberField({
    label: { zh: '宽高比', en: 'Aspect ratio' },
    hint: { zh: '默认 1.3', en: 'Default: 1.3' },
    default: 1.3,
    min: 1.3,
    max: 2.25,
    required: false,
  })
  aspect_ratio?: number;
}

@Rules(...LINK_RULES)
export class CardAction {
  @ChoiceField({
    label: { zh: '点击类型', en: 'Click' },
    hint: { zh: '1 链接，2 小程序', en: '1 link, 2 mini program' },
    values: [1, 2],
  })
  type!: number;

  @LinkField(OPENS_LINK)
  url?: string;

  @MiniProgramField(OPENS_MINI_PROGRAM)
  appid?: string;

  @PagePathField(OPENS_MINI_PROGRAM)
  pagepath?: string;
}
