import {
  RowMember,
  RowName,
  RowType,
  RowValue,
  emphasisWith,
  jumpWith,
  optionalTitleWith,
  sourceWith,
  titleWith,
  verticalRowWith,
} from '../../../_wecom/cards/card-parts.js';
import { ROW_RULES } from '../../../_wecom/cards/card-rules.js';
import { LinkField, UploadField } from '../../../_wecom/vendor-fields.js';
import { Rules } from '../../../field-rules.js';

export class RobotSource extends sourceWith({ name: 13 }) {}

/** Of a text notice, which may do with its second title. */
export class RobotOptionalTitle extends optionalTitleWith({ title: 26, description: 30 }) {}

export class RobotTitle extends titleWith({ title: 26, description: 30 }) {}

export class RobotEmphasis extends emphasisWith({ figure: 10, meaning: 15 }) {}

export class RobotVerticalRow extends verticalRowWith({ title: 26, text: 112 }) {}

@Rules(...ROW_RULES)
export class RobotHorizontalRow {
  @RowName()
  keyname!: string;

  @RowValue(26)
  value?: string;

  @RowType()
  type?: number;

  @LinkField()
  url?: string;

  @UploadField('file', false)
  media_id?: string;

  @RowMember()
  userid?: string;
}

export class RobotJump extends jumpWith({ text: 13 }) {}
