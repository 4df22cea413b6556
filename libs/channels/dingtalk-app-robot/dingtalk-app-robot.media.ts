import { DINGTALK_MEDIA_RULES, uploadToDingtalk } from '../_dingtalk/media-upload.js';
import type { MediaSupport } from '../media.js';
import { secretsOf, type DingtalkAppRobotAccount } from './dingtalk-app-robot.account.js';

const { image, voice, video, file } = DINGTALK_MEDIA_RULES;

/**
 * Uploads go to the older API family, which knows the tokens of the newer one. Of the formats that can be uploaded the
 * robot's messages take fewer (page `robot-message-type`): its voice is OGG or AMR, its files are of six types.
 */
export const APP_ROBOT_MEDIA: MediaSupport<DingtalkAppRobotAccount> = {
  rules: {
    image,
    voice: { ...voice, formats: ['amr'] },
    video,
    file: { ...file, formats: ['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx'] },
  },
  forms: ['media_id'],
  upload: ({ account, ...call }, upload) => uploadToDingtalk(call, upload, secretsOf(account)),
};
