import { WECOM_ROBOT_ERRORS } from '../_wecom/errors/index.js';
import { WECOM_MEDIA_RULES, uploadForId } from '../_wecom/media-upload.js';
import type { MediaSupport } from '../media.js';
import type { WecomRobotAccount } from './wecom-robot.account.js';

const { file, voice } = WECOM_MEDIA_RULES;

/**
 * Files of one robot, which no other robot or app may use: `webhook/upload_media` (doc 91770). Pictures are not uploaded:
 * they travel inside the message.
 */
export const WECOM_ROBOT_MEDIA: MediaSupport<WecomRobotAccount> = {
  rules: { file, voice },
  forms: ['media_id'],
  upload: (call, upload) => {
    const key = call.account.webhook;
    return uploadForId(call, upload, {
      path: 'webhook/upload_media',
      query: { key, type: upload.kind },
      errors: WECOM_ROBOT_ERRORS,
      secrets: [key],
    });
  },
};
