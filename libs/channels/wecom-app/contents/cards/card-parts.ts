import { bytes } from '#libs/core';
import { ClickType } from '../../../_wecom/cards/card-areas.js';
import { ROW_RULES } from '../../../_wecom/cards/card-rules.js';
import {
  AdvisedText,
  LINK_RULES,
  LinkField,
  MiniProgramField,
  PagePathField,
  PictureField,
  UploadField,
} from '../../../_wecom/vendor-fields.js';
import { Rules } from '../../../field-rules.js';
import { ChoiceField, TextField } from '../../../fields.js';

const TASK_ID = /^[0-9A-Za-z_\-@]*$/;

/** Never reused within an app; where it is missing or used again, the handler completes it. */
export const TaskIdField = (): PropertyDecorator =>
  TextField({
    label: { zh: '任务 ID', en: 'Task id' },
    hint: { zh: '不填则自动生成', en: 'Made up where it is left out' },
    format: 'key',
    limit: bytes(128),
    pattern: { test: (text) => TASK_ID.test(text), message: 'must consist of 0-9 A-Z a-z _ - @' },
    required: false,
    allowEmpty: false,
  });

export class Source {
  @PictureField({ zh: '来源图标', en: 'Icon' })
  icon_url?: string;

  @AdvisedText({ zh: '来源名称', en: 'Name' }, 20)
  desc?: string;

  @ChoiceField({
    label: { zh: '名称颜色', en: 'Colour' },
    hint: { zh: '0 灰，1 黑，2 红，3 绿', en: '0 grey, 1 black, 2 red, 3 green' },
    values: [0, 1, 2, 3],
    required: false,
  })
  desc_color?: number;
}

/** The source of cards that have no colours. */
export class PlainSource {
  @PictureField({ zh: '来源图标', en: 'Icon' })
  icon_url?: string;

  @AdvisedText({ zh: '来源名称', en: 'Name' }, 20)
  desc?: string;
}

export class Emphasis {
  @AdvisedText({ zh: '数据', en: 'Figure' }, 14)
  title?: string;

  @AdvisedText({ zh: '说明', en: 'Meaning' }, 22)
  desc?: string;
}

export class VerticalRow {
  @AdvisedText({ zh: '标题', en: 'Title' }, 38, { required: true })
  title!: string;

  @AdvisedText({ zh: '内容', en: 'Text' }, 160)
  desc?: string;
}

@Rules(...ROW_RULES)
export class HorizontalRow {
  @ChoiceField({
    label: { zh: '类型', en: 'Type' },
    hint: { zh: '0 文本，1 链接，2 附件，3 成员', en: '0 text, 1 link, 2 file, 3 member' },
    values: [0, 1, 2, 3],
    required: false,
  })
  type?: number;

  @AdvisedText({ zh: '名称', en: 'Name' }, 5, { required: true })
  keyname!: string;

  @AdvisedText({ zh: '内容', en: 'Value' }, 30)
  value?: string;

  @LinkField()
  url?: string;

  @UploadField('file', false)
  media_id?: string;

  @TextField({ label: { zh: '成员 userid', en: 'User id' }, format: 'key', required: false })
  userid?: string;
}

@Rules(...LINK_RULES)
export class Jump {
  @ClickType()
  type?: number;

  @AdvisedText({ zh: '文字', en: 'Text' }, 18, { required: true })
  title!: string;

  @LinkField()
  url?: string;

  @MiniProgramField()
  appid?: string;

  @PagePathField()
  pagepath?: string;
}
