import {
  NotFoundError,
  ValidationError,
  hasLoneSurrogate,
  hasNul,
  jsonPointer,
  type Fault,
  type JsonValue,
} from '#libs/core';

/** Names that JavaScript objects have by themselves; as keys they would be lost without a word. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

type Path = readonly (string | number)[];

function textFault(text: string): Pick<Fault, 'code' | 'message'> | undefined {
  if (hasNul(text)) return { code: 'nul_character', message: 'A text must not hold U+0000' };
  if (hasLoneSurrogate(text)) return { code: 'lone_surrogate', message: 'A text must be valid Unicode' };
  return undefined;
}

function nameFault(name: string): Pick<Fault, 'code' | 'message'> | undefined {
  return RESERVED.has(name) ? { code: 'reserved_name', message: `The name ${name} is reserved` } : textFault(name);
}

const at = (path: Path, fault: Pick<Fault, 'code' | 'message'> | undefined): Fault[] =>
  fault ? [{ pointer: jsonPointer(...path), ...fault }] : [];

/** Every text that PostgreSQL or JavaScript would not keep as it is. The value is at most 32 levels deep. */
export function unsafeTexts(value: JsonValue, path: Path = []): Fault[] {
  if (typeof value === 'string') return at(path, textFault(value));
  if (Array.isArray(value)) return value.flatMap((item, index) => unsafeTexts(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const here = [...path, name];
    return [...at(here, nameFault(name)), ...unsafeTexts(member, here)];
  });
}

/**
 * The same for the address of a request.
 * @throws NotFoundError for the path, ValidationError naming the parameters of the query
 */
export function refuseUnsafeAddress(params: unknown, query: unknown): void {
  if (entriesOf(params).some(([, text]) => textFault(text))) throw new NotFoundError('There is no such resource');
  const faults = entriesOf(query).flatMap(([parameter, text]) => {
    const fault = nameFault(parameter) ?? textFault(text);
    return fault ? [{ parameter, ...fault }] : [];
  });
  if (faults.length > 0) throw new ValidationError(faults);
}

const entriesOf = (values: unknown): [string, string][] =>
  Object.entries((values ?? {}) as Record<string, unknown>).map(([name, value]) => [name, String(value)]);
