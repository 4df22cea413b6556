import { createHash } from 'node:crypto';

export type JsonPrimitive = string | number | boolean | null;
export type JsonValue = JsonPrimitive | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text; empty for anything else. */
export const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/** A number; 0 for anything else. */
export const numberOf = (value: JsonValue | undefined): number => (typeof value === 'number' ? value : 0);

/** An object; an empty one for anything else. */
export const objectOf = (value: JsonValue | undefined): JsonObject =>
  value !== undefined && isJsonObject(value) ? value : {};

/** The items of a list; none for anything else. */
export const listOf = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);

/** The objects of a list; other items are left out. */
export const objectsOf = (value: JsonValue | undefined): readonly JsonObject[] => listOf(value).filter(isJsonObject);

/** An answer that is an object, or a list as `{ data }`; undefined when it is neither, or no JSON. */
export function answerIn(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    if (Array.isArray(value)) return { data: value };
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** JSON text with object keys sorted, so that equal values have equal text. Undefined members are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** SHA-256 of UTF-8 text or bytes. */
export const sha256 = (input: string | Uint8Array): Buffer => createHash('sha256').update(input).digest();

/** A JSON pointer (RFC 6901) made of path segments. */
export const jsonPointer = (...segments: readonly (string | number)[]): string =>
  segments.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
