import { textOf, type JsonObject, type JsonValue, type RefusedAddressee } from '#libs/core';
import type { Addressee, RefusedRecipient } from '../channel.js';

type ListedType = 'user' | 'department' | 'tag';

const SEPARATOR = '|';

/** `touser`, `toparty`, `totag` of a call. Everybody stands alone: the vendor ignores the other lists beside it. */
export function recipientLists(addressees: readonly Addressee[]): JsonObject {
  if (addressees.some(({ type }) => type === 'all')) return { touser: '@all' };
  const join = (wanted: ListedType): string =>
    addressees
      .filter(({ type }) => type === wanted)
      .map(({ id }) => id)
      .join(SEPARATOR);
  const lists = { touser: join('user'), toparty: join('department'), totag: join('tag') };
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== ''));
}

const REFUSAL_LISTS: readonly { readonly field: string; readonly type: ListedType; readonly reason: string }[] = [
  { field: 'invaliduser', type: 'user', reason: 'recipient_unknown' },
  { field: 'invalidparty', type: 'department', reason: 'department_unknown' },
  { field: 'invalidtag', type: 'tag', reason: 'tag_unknown' },
  { field: 'unlicenseduser', type: 'user', reason: 'no_license' },
];

/**
 * The addressees that an answer lists as refused. The vendor joins ids by `|` and lower-cases them; a list may be absent
 * or empty (doc 90236). `providerCode` is the name of the list.
 */
export function refusedIn(fields: JsonObject, addressees: readonly Addressee[]): RefusedRecipient[] {
  const refused = new Map<Addressee, RefusedRecipient>();
  for (const { field, type, reason } of REFUSAL_LISTS) {
    const ids = idsIn(fields[field]);
    if (ids.size === 0) continue;
    for (const addressee of addressees) {
      if (addressee.type !== type || refused.has(addressee) || !ids.has(addressee.id.toLowerCase())) continue;
      refused.set(addressee, { addressee, reason, providerCode: field });
    }
  }
  return [...refused.values()];
}

const idsIn = (list: JsonValue | undefined): ReadonlySet<string> =>
  new Set(
    textOf(list)
      .toLowerCase()
      .split(SEPARATOR)
      .map((id) => id.trim())
      .filter(Boolean),
  );

const UNKNOWN: Readonly<Record<Addressee['type'], string>> = {
  user: 'recipient_unknown',
  department: 'department_unknown',
  tag: 'tag_unknown',
  all: 'all_invalid',
};

/** Every addressee as refused: what the answer lists with its reason, the others as unknown. */
export function allRefused(
  fields: JsonObject,
  addressees: readonly Addressee[],
  providerCode: string,
): RefusedAddressee[] {
  const listed = new Map(refusedIn(fields, addressees).map(({ addressee, reason }) => [addressee, reason]));
  return addressees.map((addressee) => ({
    ...addressee,
    reason: listed.get(addressee) ?? UNKNOWN[addressee.type],
    providerCode,
  }));
}
