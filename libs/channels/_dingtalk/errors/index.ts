import type { ProviderErrorTable } from '../../provider-errors.js';
import { CONTENT_ERRORS } from './content.errors.js';
import { RECIPIENT_ERRORS } from './recipient.errors.js';
import { SETUP_ERRORS } from './setup.errors.js';
import { THROTTLE_ERRORS } from './throttle.errors.js';

/** Codes of the calls made with an app's access token (work messages, contacts, media); the vendor's global code page. */
export const LEGACY_ERRORS: ProviderErrorTable = {
  ...THROTTLE_ERRORS,
  ...SETUP_ERRORS,
  ...RECIPIENT_ERRORS,
  ...CONTENT_ERRORS,
};
