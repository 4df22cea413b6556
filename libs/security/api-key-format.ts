import { randomBytes } from 'node:crypto';
import { sha256 } from '#libs/core';

/** A key as its owner sees it, once: `hy_<public id>_<secret>`. Only the public id and a digest are stored. */
export interface MintedKey {
  readonly text: string;
  readonly publicId: string;
  /** SHA-256 of the whole text. */
  readonly hash: Buffer;
}

const PUBLIC_ID_BYTES = 8;
const SECRET_BYTES = 32;
const FORMAT = /^hy_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/;

export const hashKey = (text: string): Buffer => sha256(text);

export function mintKey(): MintedKey {
  const publicId = randomBytes(PUBLIC_ID_BYTES).toString('hex');
  const text = `hy_${publicId}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { text, publicId, hash: hashKey(text) };
}

/** The public id inside a key; undefined when the text is no key of ours. */
export const publicIdOf = (text: string): string | undefined => FORMAT.exec(text)?.[1];
