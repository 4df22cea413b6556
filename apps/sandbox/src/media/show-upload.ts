import { mediaPath } from './media-address.js';
import type { MediaType, Upload } from './uploads.service.js';

/** A file of a message, as an inbox entry shows it. */
export interface ShownUpload {
  readonly id: string;
  readonly type: MediaType;
  readonly fileName: string;
  readonly bytes: number;
  /** Where it can be seen, below the origin of the sandbox; null when newer uploads needed the room. */
  readonly path: string | null;
}

export const showUpload = ({ id, type, fileName, bytes, data, no }: Upload): ShownUpload => ({
  id,
  type,
  fileName,
  bytes,
  path: data ? mediaPath(no) : null,
});
