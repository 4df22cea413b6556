import { credential } from '../credential.js';
import { TextField } from '../fields.js';

/** What every in-house app has. */
export class DingtalkAppCredentials {
  @TextField({
    label: { zh: 'AppKey（Client ID）', en: 'App key (Client ID)' },
    format: 'key',
    pattern: credential,
  })
  appKey!: string;

  @TextField({
    label: { zh: 'AppSecret（Client Secret）', en: 'App secret (Client Secret)' },
    secret: true,
    format: 'key',
    pattern: credential,
  })
  appSecret!: string;
}
