import { isUuid } from '#libs/core';
import { FAMILY_NAMES } from '#libs/channels';
import { canonicalRef } from '#libs/messages';

/** What a text in the search box may stand for; lists are alternatives. */
export interface SearchTerms {
  /** Message, batch or recall. */
  readonly id?: string;
  /** Canonical refs. */
  readonly refs: readonly string[];
  readonly businessKey?: string;
  readonly providerMsgId?: string;
  readonly batchId?: string;
  /** Code of a template or an account. */
  readonly code?: string;
  /** Beginning of a person's name. */
  readonly name?: string;
}

const INVISIBLE = /[\u200B-\u200F\u2028-\u202E\u2060\uFEFF"'“”‘’「」]/gu;
const MOBILE = /^(?:\+?86|0086)?[ -]?(1\d{2}[ -]?\d{4}[ -]?\d{4})$/;
const EMAIL = /^[^\s@:]+@[^\s@]+\.[^\s@]+$/;
const NAME = /^\p{Script=Han}{2,20}(?: .+)?$/u;
const REFS: readonly string[] = ['user', 'mobile', 'email', 'customer', 'group', 'department', 'tag', ...FAMILY_NAMES];

/** Full-width characters become narrow; what cannot be seen, and quotes, go. */
export const cleanQuery = (text: string): string => text.normalize('NFKC').replaceAll(INVISIBLE, '').trim();

const everyRef = (id: string): readonly string[] =>
  ['user', ...FAMILY_NAMES].map((type) => canonicalRef(`${type}:${id}`));

function readPrefixed(prefix: string, rest: string): SearchTerms | undefined {
  if (rest === '') return undefined;
  if (REFS.includes(prefix)) return { refs: [canonicalRef(`${prefix}:${rest}`)] };
  if (prefix === 'key') return { refs: [], businessKey: rest };
  if (prefix === 'msgid') return { refs: [], providerMsgId: rest };
  if (prefix === 'batch') return { refs: [], ...(isUuid(rest) && { batchId: rest }) };
  return prefix === 'template' || prefix === 'account' ? { refs: [], code: rest } : undefined;
}

/** Recognises what was typed: an id, a prefix, a mobile, an address, a name; anything else may be several things. */
export function readQuery(typed: string): SearchTerms {
  const text = cleanQuery(typed);
  const lower = text.toLowerCase();
  if (isUuid(lower)) return { id: lower, refs: everyRef(text), businessKey: text, providerMsgId: text };
  const [, prefix = '', rest = ''] = /^([a-z]+):(.+)$/su.exec(text) ?? [];
  const known = readPrefixed(prefix, rest.trim());
  // `order:A1` is a business key, and so may `user:7` be.
  if (known) return { businessKey: text, ...known };
  const mobile = MOBILE.exec(text)?.[1];
  if (mobile !== undefined) return { refs: [canonicalRef(`mobile:${mobile}`), ...everyRef(text)], businessKey: text };
  if (EMAIL.test(text)) return { refs: [canonicalRef(`email:${text}`), ...everyRef(text)], businessKey: text };
  if (NAME.test(text)) return { refs: everyRef(text), businessKey: text, name: text };
  const code = /^[a-z0-9_.-]{1,64}$/.test(text) ? { code: text } : {};
  return { refs: [...everyRef(text), `group:${text}`], businessKey: text, providerMsgId: text, name: text, ...code };
}
