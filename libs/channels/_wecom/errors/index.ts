import { errorsOn, type ProviderErrorTable } from '../../provider-errors.js';
import { APP_ERRORS } from './app.errors.js';
import { CARD_ERRORS } from './card.errors.js';
import { CONTACT_ERRORS } from './contact.errors.js';
import { CONTENT_ERRORS } from './content.errors.js';
import { MEDIA_ERRORS } from './media.errors.js';
import { RECIPIENT_ERRORS } from './recipient.errors.js';
import { ROBOT_ERRORS, ROBOT_FIELD_TOO_LONG } from './robot.errors.js';
import { SYSTEM_ERRORS } from './system.errors.js';

/** What the codes of calls with an access token mean. */
export const WECOM_ERRORS: ProviderErrorTable = {
  ...SYSTEM_ERRORS,
  ...APP_ERRORS,
  ...RECIPIENT_ERRORS,
  ...CONTENT_ERRORS,
  ...MEDIA_ERRORS,
  ...CARD_ERRORS,
  ...CONTACT_ERRORS,
};

/** The same for the call that fetches a token, and for a recall. */
export const WECOM_TOKEN_ERRORS = errorsOn('token', WECOM_ERRORS);
export const WECOM_RECALL_ERRORS = errorsOn('recall', WECOM_ERRORS);

/** What the codes of a group robot's webhook mean; it has no token, so none of its codes asks for a new one. */
export const WECOM_ROBOT_ERRORS: ProviderErrorTable = {
  ...SYSTEM_ERRORS,
  ...CONTENT_ERRORS,
  ...MEDIA_ERRORS,
  ...CARD_ERRORS,
  ...ROBOT_ERRORS,
  ...ROBOT_FIELD_TOO_LONG,
};
