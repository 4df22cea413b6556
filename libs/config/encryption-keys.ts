import type { EncryptionKey } from './app-config.js';

const KEY_BYTES = 32;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;

/** Id of a key that is given without one. */
export const DEFAULT_KEY_ID = 'default';

export type ParsedKeys =
  | { readonly keys: readonly EncryptionKey[] }
  | {
      /** What is wrong, without any part of a key. */
      readonly fault: string;
    };

function parseKey(text: string): Buffer | undefined {
  if (!BASE64.test(text)) return undefined;
  const key = Buffer.from(text, 'base64');
  return key.length === KEY_BYTES ? key : undefined;
}

/** Parses `base64` or `id:base64,id:base64`. */
export function parseEncryptionKeys(text: string): ParsedKeys {
  const keys: EncryptionKey[] = [];
  for (const [index, item] of text.split(',').entries()) {
    const [id, encoded] = item.includes(':') ? item.split(':', 2) : [DEFAULT_KEY_ID, item];
    if (!KEY_ID.test(id?.trim() ?? ''))
      return { fault: `key ${index + 1} has an id that is not 1-32 of A-Z a-z 0-9 _ -` };
    const key = parseKey(encoded?.trim() ?? '');
    if (!key) return { fault: `key ${index + 1} is not 32 bytes in base64` };
    keys.push({ id: id?.trim() ?? '', key });
  }
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) return { fault: 'two keys have the same id' };
  return { keys };
}
