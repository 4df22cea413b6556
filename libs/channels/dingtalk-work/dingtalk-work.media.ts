import { DINGTALK_MEDIA_RULES, uploadToDingtalk } from '../_dingtalk/media-upload.js';
import type { MediaSupport } from '../media.js';
import { secretsOf, type DingtalkWorkAccount } from './dingtalk-work.account.js';

const { image, voice, video, file } = DINGTALK_MEDIA_RULES;
const MOST_FILE_BYTES = 10 * 1024 * 1024;

/** Page `message-types-and-data-format`: work messages play AMR only, and carry files of at most 10 MB. */
export const WORK_MEDIA: MediaSupport<DingtalkWorkAccount> = {
  rules: { image, voice: { ...voice, formats: ['amr'] }, video, file: { ...file, maxBytes: MOST_FILE_BYTES } },
  forms: ['media_id'],
  upload: ({ account, ...call }, upload) => uploadToDingtalk(call, upload, secretsOf(account)),
};
