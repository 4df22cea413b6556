import { AmbiguousDeliveryError, PermanentDeliveryError, textOf } from '#libs/core';
import type { MediaFile, MediaRule, UploadedMedia } from '../media.js';
import { multipartOf } from '../multipart.js';
import type { ProviderErrorTable } from '../provider-errors.js';
import { repeatableUpload } from '../repeatable-upload.js';
import { callWecom, refusalOf, type WecomAccess } from './wecom.client.js';

const MB = 1024 * 1024;
/** "All files are larger than 5 bytes." */
const MIN_BYTES = 6;
const LIFETIME_MS = 3 * 86_400_000;
const MOST_PICTURE_BYTES = 2 * MB;

/** Doc 90253; the help of code 45001 (doc 90313) still names smaller sizes. */
export const WECOM_MEDIA_RULES = {
  image: { minBytes: MIN_BYTES, maxBytes: 10 * MB, formats: ['jpg', 'jpeg', 'png'] },
  voice: { minBytes: MIN_BYTES, maxBytes: 2 * MB, formats: ['amr'] },
  video: { minBytes: MIN_BYTES, maxBytes: 10 * MB, formats: ['mp4'] },
  file: { minBytes: MIN_BYTES, maxBytes: 20 * MB },
} as const satisfies Record<string, MediaRule>;

/** Doc 90256: pictures with an address. */
export const WECOM_PICTURE_RULES = {
  image: { ...WECOM_MEDIA_RULES.image, maxBytes: MOST_PICTURE_BYTES },
} as const satisfies Record<string, MediaRule>;

export interface WecomUpload {
  /** Below `/cgi-bin/`. */
  readonly path: string;
  /** Holds the credential. */
  readonly query: Readonly<Record<string, string>>;
  readonly errors: ProviderErrorTable;
  /** Masked wherever the vendor echoes them. */
  readonly secrets: readonly string[];
}

/**
 * Uploads a file that messages refer to by its media id, for three days (doc 90253, 91770). The lifetime is counted from
 * before the call, so that it never ends later than the vendor's.
 * @throws the delivery errors of `#libs/core`; never an ambiguous one
 */
export async function uploadForId(access: WecomAccess, file: MediaFile, upload: WecomUpload): Promise<UploadedMedia> {
  const value = await postFile(access, { file, upload, field: 'media_id' });
  return { value, expiresAt: new Date(access.now.getTime() + LIFETIME_MS) };
}

/**
 * Uploads a picture to an address that never expires and works inside WeCom only (doc 90256).
 * @throws PermanentDeliveryError, without a call, for what is no picture or over 2 MB
 * @throws the delivery errors of `#libs/core`; never an ambiguous one
 */
export async function uploadForUrl(access: WecomAccess, file: MediaFile, upload: WecomUpload): Promise<UploadedMedia> {
  if (file.kind !== 'image') throw new PermanentDeliveryError('media_invalid', 'Only pictures can have an address');
  if (file.bytes.length > MOST_PICTURE_BYTES) {
    throw new PermanentDeliveryError('media_too_large', 'A picture with an address may have 2 MB');
  }
  return { value: await postFile(access, { file, upload, field: 'url' }) };
}

interface Post {
  readonly file: MediaFile;
  readonly upload: WecomUpload;
  /** The field of the answer that holds what the upload has become. */
  readonly field: 'media_id' | 'url';
}

const postFile = (access: WecomAccess, { file, upload, field }: Post): Promise<string> =>
  repeatableUpload(async () => {
    const { path, query, errors, secrets } = upload;
    const reply = await callWecom(access, { path, query, form: multipartOf(file, { withLength: true }) });
    if (reply.errcode !== 0) throw refusalOf(reply, errors, secrets);
    const value = textOf(reply.fields[field]);
    if (value === '') throw new AmbiguousDeliveryError('garbled_answer', `WeCom answered without ${field}`);
    return value;
  });
