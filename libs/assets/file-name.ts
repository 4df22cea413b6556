import { cutText, storableText } from '#libs/core';

/** Most that a vendor's form or a file system takes. */
const MAX_BYTES = 200;
const NAMELESS = 'file';

/** A name that is safe in headers, forms and on disks: no path, no control characters, not too long. */
export function safeFileName(name: string): string {
  const last = storableText(name).split(/[/\\]/).at(-1) ?? '';
  const plain = last.replace(/[\u0000-\u001f\u007f\u2028\u2029\u202a-\u202e\u2066-\u2069"]/g, '').trim();
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(plain)?.[0] ?? '';
  const stem = extension === '' ? plain : plain.slice(0, -extension.length);
  const kept = cutText(stem, { size: MAX_BYTES - extension.length, unit: 'bytes' });
  return `${/^\.*$/.test(kept) ? NAMELESS : kept}${extension}`;
}
