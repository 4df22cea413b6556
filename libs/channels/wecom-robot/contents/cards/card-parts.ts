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

const TITLE = { zh: '标题', en: 'Title' };
const DESCRIPTION = { zh: '说明', en: 'Description' };

export class RobotSource {
  @PictureField({ zh: '来源图标', en: 'Icon' })
  icon_url?: string;

  @AdvisedText({ zh: '来源名称', en: 'Name' }, 13)
  desc?: string;

  @ChoiceField({
    label: { zh: '名称颜色', en: 'Colour' },
    hint: { zh: '0 灰，1 黑，2 红，3 绿', en: '0 grey, 1 black, 2 red, 3 green' },
    values: [0, 1, 2, 3],
    required: false,
  })
  desc_color?: number;
}

/** Of a text notice, which may do with its second title. */
export class RobotOptionalTitle {
  @AdvisedText(TITLE, 26)
  title?: string;

  @AdvisedText(DESCRIPTION, 30)
  desc?: string;
}

export class RobotTitle {
  @AdvisedText(TITLE, 26, { required: true })
  title!: string;

  @AdvisedText(DESCRIPTION, 30)
  desc?: string;
}

export class RobotEmphasis {
  @AdvisedText({ zh: '数据', en: 'Figure' }, 10)
  title?: string;

  @AdvisedText({ zh: '说明', en: 'Meaning' }, 15)
  desc?: string;
}

export class RobotVerticalRow {
  @AdvisedText(TITLE, 26, { required: true })
  title!: string;

  @AdvisedText({ zh: '内容', en: 'Text' }, 112)
  desc?: string;
}

@Rules(...ROW_RULES)
export class RobotHorizontalRow {
  @AdvisedText({ zh: '名称', en: 'Name' }, 5, { required: true })
  keyname!: string;

  @AdvisedText({ zh: '内容', en: 'Value' }, 26)
  value?: string;

  @ChoiceField({
    label: { zh: '类型', en: 'Type' },
    hint: { zh: '0 文本，1 链接，2 附件，3 成员', en: '0 text, 1 link, 2 file, 3 member' },
    values: [0, 1, 2, 3],
    required: false,
  })
  type?: number;

  @LinkField()
  url?: string;

  @UploadField('file', false)
  media_id?: string;

  @TextField({ label: { zh: '成员 userid', en: 'User id' }, format: 'key', required: false })
  userid?: string;
}

@Rules(...LINK_RULES)
export class RobotJump {
  @ClickType()
  type?: number;

  @AdvisedText({ zh: '文字', en: 'Text' }, 13, { required: true })
  title!: string;

  @LinkField()
  url?: string;

  @MiniProgramField()
  appid?: string;

  @PagePathField()
  pagepath?: string;
}
