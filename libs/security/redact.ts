import type { JsonValue } from '#libs/core';

const MASK = '•••';
/** A provider may answer anything, also JSON nested deeper than the stack. */
const MAX_DEPTH = 100;

/** Names whose values are secret wherever they stand: lower case, without `_` and `-`. */
const SECRET_NAMES = new Set([
  'accesstoken',
  'apikey',
  'appsecret',
  'authorization',
  'callbackaeskey',
  'callbacktoken',
  'clientsecret',
  'contactssecret',
  'corpsecret',
  'cookie',
  'password',
  'refreshtoken',
  'responsecode',
  'secret',
  'sign',
  'suiteaccesstoken',
  'token',
  'xacsdingtalkaccesstoken',
]);

/** Robot keys travel as `?key=`; in a body the name means something else (the key of a card's button). */
const QUERY_NAMES = new Set([...SECRET_NAMES, 'key']);

const plainName = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');

/** Every repetition is bounded or starts only where the one before ended: hostile text takes linear time. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\bhy_[A-Za-z0-9_-]{8,}/g, `hy_${MASK}`],
  [/\bSEC[0-9a-zA-Z]{32,}/g, `SEC${MASK}`],
  [/\b(authorization["'\\]{0,2}\s{0,2}[:=]\s{0,2}["'\\]{0,2}(?:\w{1,20}\s)?)[^\s"',\\]+/gi, `$1${MASK}`],
  [/\b(Bearer\s)[A-Za-z0-9._~+/=-]{16,}/gi, `$1${MASK}`],
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@]{0,200}):[^\s@/]{1,500}@/gi, `$1:${MASK}@`],
];

/** `name=value`, as in a query string or a form. */
const PAIR = /([?&]|\b)([A-Za-z][\w-]{0,63})=([^&\s"'<>#\\]+)/g;

/** `"name": "value"` inside a text, plain and with escaped quotes (JSON inside a JSON string). */
const MEMBERS = [
  /("([A-Za-z][\w-]{0,63})"\s*:\s*")((?:[^"\\]|\\.)*)/g,
  /(\\"([A-Za-z][\w-]{0,63})\\"\s*:\s*\\")((?:[^"\\]|\\[^"])*)/g,
];

/** What a text with a secret must hold somewhere, in lower case and without `_` and `-`; most texts hold none of it. */
const TELLTALE = new RegExp(`hy|sec|bearer|://|key=|${[...SECRET_NAMES].join('|')}`);

function redactPair(pair: string, before: string, name: string): string {
  const names = before === '?' || before === '&' ? QUERY_NAMES : SECRET_NAMES;
  return names.has(plainName(name)) ? `${before}${name}=${MASK}` : pair;
}

const redactQuoted = (member: string, start: string, name: string): string =>
  SECRET_NAMES.has(plainName(name)) ? `${start}${MASK}` : member;

function redactText(text: string): string {
  if (!TELLTALE.test(plainName(text))) return text;
  const patterned = PATTERNS.reduce((result, [pattern, mask]) => result.replace(pattern, mask), text);
  return MEMBERS.reduce((result, member) => result.replace(member, redactQuoted), patterned.replace(PAIR, redactPair));
}

function redactMember(name: string, value: JsonValue, depth: number): JsonValue {
  if (!SECRET_NAMES.has(plainName(name)) || value === null || value === '') return redactJson(value, depth);
  return MASK;
}

function redactJson(value: JsonValue, depth: number): JsonValue {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return MASK;
  if (Array.isArray(value)) return value.map((item) => redactJson(item, depth + 1));
  const members = Object.entries(value);
  return Object.fromEntries(members.map(([name, member]) => [name, redactMember(name, member, depth + 1)]));
}

/**
 * Masks secrets in a text (URL queries, headers, JSON inside) or in a JSON value. Everything that is logged, stored for
 * showing, or answered about a provider call goes through here.
 */
export function redact(input: string): string;
export function redact(input: JsonValue): JsonValue;
export function redact(input: JsonValue): JsonValue {
  return redactJson(input, 0);
}
