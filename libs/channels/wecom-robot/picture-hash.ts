import { createHash } from 'node:crypto';
import type { Content } from '../content.js';

/** A picture with the MD5 of its bytes, which the vendor compares with what it decodes (301019). */
export function withPictureHash(content: Content): Content {
  const { base64, md5 } = content;
  if (content.kind !== 'image' || typeof base64 !== 'string' || md5 !== undefined) return content;
  return { ...content, md5: createHash('md5').update(Buffer.from(base64, 'base64')).digest('hex') };
}
