/** What somebody typed or pasted may be. */
export interface Guess {
  readonly kind: 'message' | 'recipient' | 'businessKey' | 'providerMsgId';
  readonly value: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MOBILE = /^(?:\+?86)?(1\d{10})$/;
const PREFIXED = /^([a-z]+):(.+)$/;
const RECIPIENT_PREFIXES = new Set(['user', 'mobile', 'email']);

/** Full-width characters, invisible ones and quotes come along when people copy. */
export function cleanQuery(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u2060\ufeff"'“”‘’]/g, '')
    .trim();
}

/** In the order in which they are worth asking for; `families` are the prefixes of vendors' ids. */
export function guessesOf(text: string, families: readonly string[]): readonly Guess[] {
  const query = cleanQuery(text);
  if (query === '') return [];
  if (UUID.test(query)) return [{ kind: 'message', value: query.toLowerCase() }];
  const mobile = MOBILE.exec(query.replace(/[\s-]/g, ''))?.[1];
  if (mobile !== undefined) return [{ kind: 'recipient', value: `mobile:${mobile}` }];
  const [, prefix = '', rest = ''] = PREFIXED.exec(query) ?? [];
  if (RECIPIENT_PREFIXES.has(prefix) || families.includes(prefix)) return [{ kind: 'recipient', value: query }];
  if (prefix === 'key') return [{ kind: 'businessKey', value: rest }];
  if (prefix === 'msgid') return [{ kind: 'providerMsgId', value: rest }];
  if (/^\S+@\S+\.\S+$/.test(query)) return [{ kind: 'recipient', value: `email:${query}` }];
  return [
    { kind: 'recipient', value: `user:${query}` },
    ...families.map((family) => ({ kind: 'recipient', value: `${family}:${query}` }) as const),
    { kind: 'businessKey', value: query },
    { kind: 'providerMsgId', value: query },
  ];
}
