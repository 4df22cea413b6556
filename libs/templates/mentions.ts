import { isFamilyName, type FamilyName, type Mention } from '#libs/channels';
import { isJsonObject, jsonPointer, type Fault, type JsonValue } from '#libs/core';

type Path = readonly (string | number)[];

const SHAPES = 'must be a user id, {"user"}, {"mobile"}, {"all": true}, or a user id under the name of the vendor';

const isId = (value: JsonValue | undefined): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 64 && !value.includes('{{');

/** A mobile number as the vendors want it: without blanks and without +86. */
const plainMobile = (mobile: string): string => mobile.replace(/[\s-]/g, '').replace(/^\+86/, '');

function parseMention(value: JsonValue, family: FamilyName): Mention | undefined {
  if (isId(value)) return { type: 'user', id: value.trim() };
  if (!isJsonObject(value)) return undefined;
  const [entry, ...more] = Object.entries(value);
  if (!entry || more.length > 0) return undefined;
  const [name, id] = entry;
  if (name === 'all') return id === true ? { type: 'all' } : undefined;
  if (!isId(id)) return undefined;
  if (name === 'mobile') return { type: 'mobile', id: plainMobile(id) };
  if (name === 'user' || (isFamilyName(name) && name === family)) return { type: 'user', id: id.trim() };
  return undefined;
}

/** Reads the people to mention in a group of the given vendor; what cannot be read is a fault at `base`/<index>. */
export function parseMentions(
  values: readonly JsonValue[],
  family: FamilyName,
  base: Path,
): { readonly mentions: Mention[]; readonly faults: Fault[] } {
  const parsed = values.map((value) => parseMention(value, family));
  const faults = parsed.flatMap((mention, index) =>
    mention ? [] : [{ pointer: jsonPointer(...base, index), code: 'invalid_value', message: SHAPES }],
  );
  return { mentions: mergeMentions(parsed.filter((mention) => mention !== undefined)), faults };
}

const keyOf = (mention: Mention): string => (mention.type === 'all' ? 'all' : `${mention.type}:${mention.id}`);

/** All mentions, each once, in the order of their first appearance. */
export function mergeMentions(...lists: readonly (readonly Mention[])[]): Mention[] {
  const byKey = new Map<string, Mention>();
  for (const mention of lists.flat()) if (!byKey.has(keyOf(mention))) byKey.set(keyOf(mention), mention);
  return [...byKey.values()];
}
