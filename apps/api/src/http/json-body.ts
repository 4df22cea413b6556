import { HongyanError, ValidationError, isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import { unsafeTexts } from './unsafe-text.js';

const MAX_DEPTH = 32;

const [QUOTE, COLON, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [34, 58, 91, 93, 123, 125];

/** A body that is no JSON object we can take. HTTP 400. */
export class BodyError extends HongyanError {}

/** Texts that need a closer look: only escapes can bring in what UTF-8 cannot hold, only these names are reserved. */
const SUSPICIOUS = /\\u|__proto__|constructor|prototype/;

/**
 * The JSON object in a request body.
 * @throws BodyError malformed, not an object, nested deeper than 32, or with the same member twice
 * @throws ValidationError texts with NUL or lone surrogates, reserved names
 */
export function parseJsonBody(body: Buffer): JsonObject {
  const text = decode(body);
  const members = countMembersInText(text);
  const value = parse(text);
  if (!isJsonObject(value)) throw new BodyError('body_not_object', 'The body must be a JSON object');
  if (countMembers(value) !== members) {
    throw new BodyError('duplicate_member', 'An object of the body has the same member twice');
  }
  const faults = SUSPICIOUS.test(text) ? unsafeTexts(value) : [];
  if (faults.length > 0) throw new ValidationError(faults);
  return value;
}

function decode(body: Buffer): string {
  try {
    // ignoreBOM keeps a byte order mark in the text, where JSON does not allow it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch (cause) {
    throw new BodyError('malformed_json', 'The body is not UTF-8', { cause });
  }
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new BodyError('malformed_json', 'The body is not valid JSON', { cause });
  }
}

/** One pass over the raw text, before anything recursive sees it: checks the depth and counts `"name":` pairs. */
function countMembersInText(text: string): number {
  let depth = 0;
  let members = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = endOfString(text, index);
    else if (code === COLON) members += 1;
    else if (code === OPEN_OBJECT || code === OPEN_LIST) depth += 1;
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) depth -= 1;
    if (depth > MAX_DEPTH)
      throw new BodyError('nesting_too_deep', `The body is nested deeper than ${MAX_DEPTH} levels`);
  }
  return members;
}

/** Index of the quote that ends the string, or of the end of an unterminated text. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, quote: number): boolean {
  let first = quote;
  while (text[first - 1] === '\\') first -= 1;
  return (quote - first) % 2 === 1;
}

function countMembers(root: JsonObject): number {
  const open: (JsonObject | JsonValue[])[] = [root];
  let members = 0;
  for (let container = open.pop(); container; container = open.pop()) {
    const values = Array.isArray(container) ? container : Object.values(container);
    if (!Array.isArray(container)) members += values.length;
    for (const value of values) if (typeof value === 'object' && value !== null) open.push(value);
  }
  return members;
}
