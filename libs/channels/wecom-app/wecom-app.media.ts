import { WECOM_ERRORS } from '../_wecom/errors/index.js';
import {
  WECOM_MEDIA_RULES,
  WECOM_PICTURE_RULES,
  uploadForId,
  uploadForUrl,
  type WecomUpload,
} from '../_wecom/media-upload.js';
import type { MediaFile, MediaSupport, UploadedMedia, UploadForm } from '../media.js';
import type { ProviderCall } from '../provider-call.js';
import { secretsOf, type WecomAppAccount } from './wecom-app.account.js';

type Call = ProviderCall<WecomAppAccount>;

/** Files for all apps of the corp: `media/upload` by media id, `media/uploadimg` by address (doc 90253, 90256). */
export const WECOM_APP_MEDIA: MediaSupport<WecomAppAccount> = {
  rules: WECOM_MEDIA_RULES,
  urlRules: WECOM_PICTURE_RULES,
  forms: ['media_id', 'url'],
  upload: (call, file, form) => uploadAs(form, call, file),
};

function uploadAs(form: UploadForm, call: Call, file: MediaFile): Promise<UploadedMedia> {
  if (form === 'url') return uploadForUrl(call, file, uploadTo('media/uploadimg', call));
  return uploadForId(call, file, uploadTo('media/upload', call, { type: file.kind }));
}

const uploadTo = (path: string, { account, token }: Call, query: Record<string, string> = {}): WecomUpload => ({
  path,
  query: { access_token: token, ...query },
  errors: WECOM_ERRORS,
  secrets: [token, ...secretsOf(account)],
});
