import { hasLoneSurrogate, hasNul, isJsonObject, jsonPointer, type Fault, type JsonValue } from '#libs/core';

/** Values for a template's placeholders. */
export type Params = Readonly<Record<string, string | number | boolean>>;

const NAME = /^[A-Za-z0-9_.]{1,64}$/;
const MAX_ENTRIES = 256;
const MAX_BYTES = 64 * 1024;
/** Names that JavaScript objects inherit: never usable, so refused instead of silently lost. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

function entryFault(name: string, value: JsonValue): { code: string; message: string } | undefined {
  if (!NAME.test(name) || RESERVED.has(name)) {
    return { code: 'invalid_parameter_name', message: 'names are 1-64 letters, digits, "_" and "."' };
  }
  if (typeof value !== 'string') {
    const fits = typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
    return fits ? undefined : { code: 'wrong_type', message: 'must be a string, a number or a boolean' };
  }
  if (hasNul(value)) return { code: 'nul_character', message: 'holds the character U+0000' };
  if (hasLoneSurrogate(value)) return { code: 'lone_surrogate', message: 'holds half of a surrogate pair' };
  return undefined;
}

/** Faults of a flat object of parameters: names, types, count (256), size (64 KiB of JSON). */
export function checkParams(value: JsonValue, base: readonly (string | number)[]): Fault[] {
  if (!isJsonObject(value))
    return [{ pointer: jsonPointer(...base), code: 'wrong_type', message: 'must be an object' }];
  const entries = Object.entries(value);
  if (entries.length > MAX_ENTRIES) {
    return [
      {
        pointer: jsonPointer(...base),
        code: 'too_many_parameters',
        message: `must not have more than ${MAX_ENTRIES} entries`,
        limit: MAX_ENTRIES,
        actual: entries.length,
        unit: 'entries',
      },
    ];
  }
  const size = Buffer.byteLength(JSON.stringify(value));
  if (size > MAX_BYTES) {
    return [
      {
        pointer: jsonPointer(...base),
        code: 'parameters_too_large',
        message: `must not be larger than ${MAX_BYTES} bytes`,
        limit: MAX_BYTES,
        actual: size,
        unit: 'bytes',
      },
    ];
  }
  return entries.flatMap(([name, item]) => {
    const found = entryFault(name, item);
    return found ? [{ pointer: jsonPointer(...base, name), ...found }] : [];
  });
}
