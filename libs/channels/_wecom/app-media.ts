import type { MediaFile, MediaSupport, UploadedMedia, UploadForm } from '../media.js';
import type { ProviderCall } from '../provider-call.js';
import { WECOM_ERRORS } from './errors/index.js';
import { WECOM_MEDIA_RULES, WECOM_PICTURE_RULES, uploadForId, uploadForUrl, type WecomUpload } from './media-upload.js';

/** Files for all apps of the corp: `media/upload` by media id, `media/uploadimg` by address (doc 90253, 90256). */
export function wecomAppMedia<Account extends object>(
  secretsOf: (account: Account) => readonly string[],
): Required<MediaSupport<Account>> {
  type Call = ProviderCall<Account>;
  const uploadTo = (path: string, { account, token }: Call, query: Record<string, string> = {}): WecomUpload => ({
    path,
    query: { access_token: token, ...query },
    errors: WECOM_ERRORS,
    secrets: [token, ...secretsOf(account)],
  });
  const uploadAs = (call: Call, file: MediaFile, form: UploadForm): Promise<UploadedMedia> => {
    if (form === 'url') return uploadForUrl(call, file, uploadTo('media/uploadimg', call));
    return uploadForId(call, file, uploadTo('media/upload', call, { type: file.kind }));
  };
  return {
    rules: WECOM_MEDIA_RULES,
    urlRules: WECOM_PICTURE_RULES,
    forms: ['media_id', 'url'],
    upload: uploadAs,
  };
}
