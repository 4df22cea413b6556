import { sha256 } from '#libs/core';

export type DedupeRule = 'content' | 'frequency';

interface DedupeKeyParts {
  readonly rule: DedupeRule;
  readonly template: string;
  readonly channel: string;
  /** Canonical recipient: vendor ids lower-cased where the vendor ignores case. */
  readonly recipient: string;
  /** SHA-256 of the rendered content; `content` rule only. */
  readonly contentHash?: Buffer;
}

/** The key of a claim: 32 bytes. Parts are separated by U+0000, which none of them can hold. */
export function dedupeKey({ rule, template, channel, recipient, contentHash }: DedupeKeyParts): Buffer {
  const parts = [rule, template, channel, recipient, contentHash?.toString('hex') ?? ''];
  return sha256(parts.join('\u0000'));
}

/** The key under which all that is sent through an account is noted, whatever template it comes from. */
export const repeatKey = (account: string, recipient: string, contentHash: Buffer): Buffer =>
  sha256(['sent', account, recipient, contentHash.toString('hex')].join('\u0000'));
