import { FAMILY_NAMES, isFamilyName, type FamilyName } from '#libs/channels';
import { hasLoneSurrogate, hasNul, isJsonObject, jsonPointer, type Fault, type JsonValue } from '#libs/core';
import { canonicalMobile, canonicalNativeId } from '#libs/directory';
import { checkParams, type Params } from './params.js';

/** `native` is the vendor's own user id; `user` the business's; `customer` the vendor's id of somebody outside the organisation. */
export type RecipientType = 'user' | 'mobile' | 'email' | 'native' | 'customer' | 'department' | 'tag' | 'all';

/** One addressee as the caller wrote it, in canonical form. */
export interface ParsedRecipient {
  readonly type: RecipientType;
  /** Empty for `all`. */
  readonly id: string;
  /** Set when the caller named the vendor. */
  readonly family?: FamilyName;
  /** Personal parameters, over the message's. */
  readonly params?: Params;
  /** Canonical text, e.g. `user:u-7`, `mobile:13800000000`, `wecom:lisi`, `customer:wmAbCd`, `department:12`. Equal recipients share it. */
  readonly ref: string;
  /** Position in the request. */
  readonly index: number;
}

const MAX_ID = 128;
/** Characters that end one id and begin another in some vendor's list. */
const SEPARATORS = /[|,\s]/;
const CONTROL = /\p{Cc}/u;
const GROUP_TYPES = ['department', 'tag'] as const;
const PERSON_KEYS = ['user', 'mobile', 'email', 'customer'] as const;

type Parsed = { readonly recipient: ParsedRecipient } | { readonly faults: readonly Fault[] };

interface Target {
  readonly type: RecipientType;
  readonly id: string;
  readonly family?: FamilyName;
}

/** One person has one key, whether written as business id or vendor id; groups are keyed as the group. */
export function canonicalRecipient(
  row: { readonly addresseeType: string; readonly addresseeId: string; readonly ref: string },
  family: FamilyName,
): string {
  // Whoever is mentioned there: the group sees one message.
  if (row.addresseeType === 'group') return `group:${row.addresseeId}`;
  const isUser = row.addresseeType === 'user' || row.addresseeType === 'native';
  return isUser ? `user:${canonicalNativeId(family, row.addresseeId)}` : row.ref;
}

function refOf({ type, id, family }: Target): string {
  if (type === 'native' && family) return `${family}:${canonicalNativeId(family, id)}`;
  const own = type === 'all' ? 'all' : `${type}:${id}`;
  return family ? `${family}:${own}` : own;
}

function idFault(text: string): string | undefined {
  if (text === '') return 'must not be empty';
  if (text.length > MAX_ID) return `must not be longer than ${MAX_ID} characters`;
  if (hasNul(text) || hasLoneSurrogate(text)) return 'holds a character that cannot be stored';
  if (CONTROL.test(text)) return 'holds a control character';
  if (SEPARATORS.test(text)) return 'must be one id: "|", "," and blanks are separators';
  if (text.toLowerCase() === '@all') return 'must be written as {"all": true}';
  return undefined;
}

function personTarget(type: (typeof PERSON_KEYS)[number], value: string): Target {
  if (type === 'mobile') return { type, id: canonicalMobile(value) };
  return { type, id: type === 'email' ? value.toLowerCase() : value };
}

function groupTarget(object: Readonly<Record<string, JsonValue>>): { key: string; target: Target } | undefined {
  if (object['all'] === true) return { key: 'all', target: { type: 'all', id: '' } };
  for (const type of GROUP_TYPES) {
    const id = object[type];
    if (typeof id === 'string') return { key: type, target: { type, id } };
    if (typeof id === 'number' && Number.isSafeInteger(id)) return { key: type, target: { type, id: String(id) } };
  }
  return undefined;
}

/** The one key that says whom, and what it says. */
function targetOf(
  object: Readonly<Record<string, JsonValue>>,
): { keys: readonly string[]; target: Target } | undefined {
  for (const key of PERSON_KEYS) {
    const value = object[key];
    if (typeof value === 'string') return { keys: [key], target: personTarget(key, value) };
  }
  for (const family of FAMILY_NAMES) {
    const value = object[family];
    if (typeof value === 'string') return { keys: [family], target: { type: 'native', id: value, family } };
    if (isJsonObject(value)) {
      const group = groupTarget(value);
      if (group && Object.keys(value).length === 1) return { keys: [family], target: { ...group.target, family } };
    }
  }
  const group = groupTarget(object);
  return group && { keys: [group.key], target: group.target };
}

const fault = (index: number, code: string, message: string, ...path: string[]): Fault => ({
  pointer: jsonPointer('recipients', index, ...path),
  code,
  message,
});

function unknownKeys(object: Readonly<Record<string, JsonValue>>, known: readonly string[], index: number): Fault[] {
  return Object.keys(object)
    .filter((key) => key !== 'params' && !known.includes(key))
    .map((key) => {
      const addressing = [...PERSON_KEYS, ...GROUP_TYPES, 'all'].includes(key) || isFamilyName(key);
      return addressing
        ? fault(index, 'ambiguous_recipient', 'a recipient is addressed in one way only', key)
        : fault(index, 'unknown_field', `"${key}" is not a field of a recipient`, key);
    });
}

/** Parses one entry of `recipients`. Never throws. */
export function parseRecipient(value: JsonValue, index: number): Parsed {
  const object = typeof value === 'string' ? { user: value } : value;
  if (!isJsonObject(object)) return { faults: [fault(index, 'wrong_type', 'must be a string or an object')] };
  const found = targetOf(object);
  if (!found) {
    return {
      faults: [
        fault(
          index,
          'invalid_recipient',
          'needs one of user, mobile, email, customer, a vendor id, department, tag, all',
        ),
      ],
    };
  }
  const { target, keys } = found;
  const faults = unknownKeys(object, keys, index);
  const wrongId = target.type === 'all' ? undefined : idFault(target.id);
  if (wrongId)
    faults.push(fault(index, 'invalid_recipient_id', wrongId, ...(typeof value === 'string' ? [] : [keys[0] ?? ''])));
  if (object['params'] !== undefined) faults.push(...checkParams(object['params'], ['recipients', index, 'params']));
  if (faults.length > 0) return { faults };
  const params = object['params'] as Params | undefined;
  return { recipient: { ...target, ref: refOf(target), index, ...(params && { params }) } };
}

const GROUP = 'group';

/**
 * The canonical form of a ref in a query: `zhangsan`, `user:u-7`, `mobile:+86 138…`, `wecom:Lisi`, `group:ops-robot`,
 * `department:12`, `wecom:department:12`. What cannot be one stays as it is: nothing is stored under it.
 */
export function canonicalRef(text: string): string {
  const [, key = '', id = ''] = /^([a-z]+):(.*)$/s.exec(text) ?? [];
  if (key === GROUP || text === 'all') return text;
  const object = objectOf(key, id);
  const parsed = parseRecipient(object ?? text, 0);
  return 'recipient' in parsed ? parsed.recipient.ref : text;
}

function objectOf(key: string, id: string): JsonValue | undefined {
  if ([...PERSON_KEYS, ...GROUP_TYPES].some((known) => known === key)) return { [key]: id };
  if (!isFamilyName(key)) return undefined;
  const [, type, inner] = /^(department|tag):(.*)$/s.exec(id) ?? [];
  if (id === 'all') return { [key]: { all: true } };
  return { [key]: type === undefined ? id : { [type]: inner ?? '' } };
}
