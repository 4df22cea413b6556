import { AdvisedText } from '../../../_wecom/vendor-fields.js';

const TITLE = { zh: '标题', en: 'Title' };
const DESCRIPTION = { zh: '说明', en: 'Description' };

/** Of a text notice, which may do with its second title. */
export class OptionalTitle {
  @AdvisedText(TITLE, 36)
  title?: string;

  @AdvisedText(DESCRIPTION, 44)
  desc?: string;
}

/** Of news notices and of cards with buttons. */
export class MainTitle {
  @AdvisedText(TITLE, 36, { required: true })
  title!: string;

  @AdvisedText(DESCRIPTION, 44)
  desc?: string;
}

export class VoteTitle {
  @AdvisedText(TITLE, 16, { required: true })
  title!: string;

  @AdvisedText(DESCRIPTION, 160)
  desc?: string;
}

export class FormTitle {
  @AdvisedText(TITLE, 36, { required: true })
  title!: string;

  @AdvisedText(DESCRIPTION, 160)
  desc?: string;
}
