import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import { parsedJson } from '../exchange/parse-json.js';
import { Refusal } from '../exchange/refusal.js';
import type { VendorCall } from '../exchange/vendor-call.js';

/** Added by the vendor when a field has the wrong JSON type. */
const WRONG_FORMAT = 'Warning: wrong json format. ';

/** A field of another JSON type than documented. */
export const wrongType = (field: string, code = 40035): Refusal =>
  new Refusal(code, `invalid ${field}. ${WRONG_FORMAT}`);

export function parseBody(call: VendorCall): JsonObject {
  const body = parsedJson(call.rawBody);
  if (!isJsonObject(body)) throw new Refusal(40058, 'json parse error. invalid Request Parameter');
  return body;
}

const isMissing = (value: JsonValue | undefined): boolean => value === undefined || value === null || value === '';

/** A required text; `missing` is the code for an absent or empty one. */
export function requiredText(parent: JsonObject, field: string, missing: number): string {
  const value = parent[field];
  if (isMissing(value)) throw new Refusal(missing, `missing ${field}`);
  return checkedText(value, field);
}

export function optionalText(parent: JsonObject, field: string): string {
  const value = parent[field];
  return isMissing(value) ? '' : checkedText(value, field);
}

function checkedText(value: JsonValue | undefined, field: string): string {
  if (typeof value !== 'string') throw wrongType(field);
  if (!value.isWellFormed()) throw new Refusal(40033, `invalid characters in ${field}`);
  return value;
}

/** An optional integer; `invalid` is the code for anything else. Numbers as text are taken, as live, and noted. */
export function optionalInteger(
  parent: JsonObject,
  field: string,
  notes: string[],
  invalid?: number,
): number | undefined {
  const value = parent[field];
  if (value === undefined || value === null) return undefined;
  const isDigits = typeof value === 'string' && /^\d+$/.test(value);
  if (isDigits) notes.push(`${field} should be an integer, not text`);
  const number = isDigits ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) throw wrongType(field, invalid);
  return number;
}

/** The object under the message type's own name. */
export function contentOf(body: JsonObject, msgtype: string): JsonObject {
  const content = body[msgtype];
  if (content === undefined || content === null) throw new Refusal(40063, `missing ${msgtype}`);
  if (!isJsonObject(content)) throw wrongType(msgtype);
  return content;
}
