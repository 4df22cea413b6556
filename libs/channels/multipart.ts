import { randomBytes } from 'node:crypto';
import type { MediaFile } from './media.js';

/** A `multipart/form-data` body with its content type, which names the boundary. */
export interface MultipartBody {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface MultipartOptions {
  /** States the size of the file in its head, where a vendor's page asks for it. */
  readonly withLength?: boolean;
}

const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+$/;

/**
 * The one file part that both vendors want, called `media`. The name travels as raw UTF-8: neither vendor reads
 * `filename*=`.
 */
export function multipartOf(file: MediaFile, { withLength = false }: MultipartOptions = {}): MultipartBody {
  const boundary = `hongyan-${randomBytes(18).toString('hex')}`;
  const length = withLength ? `; filelength=${file.bytes.length}` : '';
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="media"; filename="${harmlessName(file.fileName)}"${length}`,
    `Content-Type: ${MEDIA_TYPE.test(file.contentType) ? file.contentType : 'application/octet-stream'}`,
    '\r\n',
  ].join('\r\n');
  const bytes = Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { contentType: `multipart/form-data; boundary=${boundary}`, bytes };
}

/** A name that cannot end its quotes or its line, nor stand for a path; everything else stays as it is. */
function harmlessName(name: string): string {
  const harmless = name
    .replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, '')
    .replaceAll('"', "'")
    .replace(/[/\\]/g, '_')
    .trim();
  return harmless === '' ? 'file' : harmless;
}
