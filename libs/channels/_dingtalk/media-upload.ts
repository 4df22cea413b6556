import { AmbiguousDeliveryError } from '#libs/core';
import type { MediaFile, MediaRule, UploadedMedia } from '../media.js';
import { multipartOf } from '../multipart.js';
import { repeatableUpload } from '../repeatable-upload.js';
import { LEGACY_ERRORS } from './errors/index.js';
import { callLegacy, type LegacyAccess } from './legacy.client.js';

const MB = 1024 * 1024;

/** Page `upload-media-files`: what the vendor stores. A kind of message may take less. */
export const DINGTALK_MEDIA_RULES = {
  image: { minBytes: 1, maxBytes: 20 * MB, formats: ['jpg', 'jpeg', 'gif', 'png', 'bmp'] },
  voice: { minBytes: 1, maxBytes: 2 * MB, formats: ['amr', 'mp3', 'wav'] },
  video: { minBytes: 1, maxBytes: 20 * MB, formats: ['mp4'] },
  file: {
    minBytes: 1,
    maxBytes: 20 * MB,
    formats: ['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'zip', 'pdf', 'rar'],
  },
} as const satisfies Record<string, MediaRule>;

/**
 * Uploads a file that messages refer to by its media id. The id has no end while the organisation exists (page
 * `apsara-file-storage-for-hdfs-overview`), and is opaque: not all begin with `@`.
 * @throws the delivery errors of `#libs/core`; never an ambiguous one
 */
export function uploadToDingtalk(
  { token, ...access }: LegacyAccess & { readonly token: string },
  file: MediaFile,
  secrets: readonly string[],
): Promise<UploadedMedia> {
  return repeatableUpload(async () => {
    const { body } = await callLegacy(access, {
      path: '/media/upload',
      query: { access_token: token, type: file.kind },
      body: multipartOf(file),
      ruleFor: (code) => LEGACY_ERRORS[code],
      secrets: [token, ...secrets],
    });
    const value = body['media_id'];
    if (typeof value === 'string' && value !== '') return { value };
    throw new AmbiguousDeliveryError('garbled_answer', 'DingTalk answered without media_id');
  });
}
