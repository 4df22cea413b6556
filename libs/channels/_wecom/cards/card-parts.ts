import type { ClassOf } from '#libs/core';
import { Rules } from '../../field-rules.js';
import { ChoiceField, TextField } from '../../fields.js';
import {
  AdvisedText,
  LINK_RULES,
  LinkField,
  MiniProgramField,
  OPENS_LINK,
  OPENS_MINI_PROGRAM,
  PagePathField,
  PictureField,
} from '../vendor-fields.js';
import { ClickType } from './card-areas.js';

/*
 * The parts of template cards. The vendor's pages of apps and of robots advise other lengths (in characters) for the same
 * parts: a channel's part is a class that extends one of these.
 */

const TITLE = { zh: '标题', en: 'Title' };
const DESCRIPTION = { zh: '说明', en: 'Description' };

export function sourceWith({ name }: { readonly name: number }): ClassOf<object> {
  class Source {
    @PictureField({ zh: '来源图标', en: 'Icon' })
    icon_url?: string;

    @AdvisedText({ zh: '来源名称', en: 'Name' }, name, { part: 'source' })
    desc?: string;

    @ChoiceField({
      label: { zh: '名称颜色', en: 'Colour' },
      hint: { zh: '0 灰，1 黑，2 红，3 绿', en: '0 grey, 1 black, 2 red, 3 green' },
      values: [0, 1, 2, 3],
      required: false,
    })
    desc_color?: number;
  }
  return Source;
}

interface TitleLengths {
  readonly title: number;
  readonly description: number;
}

export function titleWith({ title: length, description }: TitleLengths): ClassOf<object> {
  class Title {
    @AdvisedText(TITLE, length, { required: true, part: 'title' })
    title!: string;

    @AdvisedText(DESCRIPTION, description, { part: 'subtitle' })
    desc?: string;
  }
  return Title;
}

/** Of a text notice, which may do with its second title. */
export function optionalTitleWith({ title: length, description }: TitleLengths): ClassOf<object> {
  class OptionalTitle {
    @AdvisedText(TITLE, length, { part: 'title' })
    title?: string;

    @AdvisedText(DESCRIPTION, description, { part: 'subtitle' })
    desc?: string;
  }
  return OptionalTitle;
}

export function emphasisWith({
  figure,
  meaning,
}: {
  readonly figure: number;
  readonly meaning: number;
}): ClassOf<object> {
  class Emphasis {
    @AdvisedText({ zh: '数据', en: 'Figure' }, figure, { part: 'figure' })
    title?: string;

    @AdvisedText({ zh: '说明', en: 'Meaning' }, meaning, { part: 'caption' })
    desc?: string;
  }
  return Emphasis;
}

export function verticalRowWith({
  title: length,
  text,
}: {
  readonly title: number;
  readonly text: number;
}): ClassOf<object> {
  class VerticalRow {
    @AdvisedText(TITLE, length, { required: true, part: 'title' })
    title!: string;

    @AdvisedText({ zh: '内容', en: 'Text' }, text, { part: 'text' })
    desc?: string;
  }
  return VerticalRow;
}

/* The fields of a horizontal row, whose order differs between the vendor's pages. */

export const RowType = (): PropertyDecorator =>
  ChoiceField({
    label: { zh: '类型', en: 'Type' },
    hint: { zh: '0 文本，1 链接，2 附件，3 成员', en: '0 text, 1 link, 2 file, 3 member' },
    values: [0, 1, 2, 3],
    required: false,
  });

export const RowName = (): PropertyDecorator =>
  AdvisedText({ zh: '名称', en: 'Name' }, 5, { required: true, part: 'label' });

export const RowValue = (length: number): PropertyDecorator =>
  AdvisedText({ zh: '内容', en: 'Value' }, length, { part: 'value' });

export const RowMember = (): PropertyDecorator =>
  TextField({ label: { zh: '成员 userid', en: 'User id' }, format: 'key', required: false });

export function jumpWith({ text }: { readonly text: number }): ClassOf<object> {
  @Rules(...LINK_RULES)
  class Jump {
    @ClickType()
    type?: number;

    @AdvisedText({ zh: '文字', en: 'Text' }, text, { required: true, part: 'footer' })
    title!: string;

    @LinkField(OPENS_LINK)
    url?: string;

    @MiniProgramField(OPENS_MINI_PROGRAM)
    appid?: string;

    @PagePathField(OPENS_MINI_PROGRAM)
    pagepath?: string;
  }
  return Jump;
}
