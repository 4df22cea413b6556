import { bytes } from '#libs/core';
import {
  RowMember,
  RowName,
  RowType,
  RowValue,
  emphasisWith,
  jumpWith,
  sourceWith,
  verticalRowWith,
} from '../../../_wecom/cards/card-parts.js';
import { ROW_RULES } from '../../../_wecom/cards/card-rules.js';
import { AdvisedText, LinkField, PictureField, UploadField } from '../../../_wecom/vendor-fields.js';
import { Rules } from '../../../field-rules.js';
import { TextField } from '../../../fields.js';

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

export class Source extends sourceWith({ name: 20 }) {}

/** The source of cards that have no colours. */
export class PlainSource {
  @PictureField({ zh: '来源图标', en: 'Icon' })
  icon_url?: string;

  @AdvisedText({ zh: '来源名称', en: 'Name' }, 20, { part: 'source' })
  desc?: string;
}

export class Emphasis extends emphasisWith({ figure: 14, meaning: 22 }) {}

export class VerticalRow extends verticalRowWith({ title: 38, text: 160 }) {}

@Rules(...ROW_RULES)
export class HorizontalRow {
  @RowType()
  type?: number;

  @RowName()
  keyname!: string;

  @RowValue(30)
  value?: string;

  @LinkField()
  url?: string;

  @UploadField('file', false)
  media_id?: string;

  @RowMember()
  userid?: string;
}

export class Jump extends jumpWith({ text: 18 }) {}
