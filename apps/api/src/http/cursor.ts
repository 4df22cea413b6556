import { ValidationError, isJsonObject, sha256, type JsonPrimitive, type JsonValue } from '#libs/core';

const CHECK_LENGTH = 8;

/** Where a page ended: the key of its last row. */
export type CursorPosition = readonly JsonPrimitive[];

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly nextCursor: string | null;
}

/** Tells a mistyped or altered cursor, and one of another list, from a real one. No secret: positions are harmless. */
const checkOf = (list: string, body: string): string =>
  sha256(`${list}\n${body}`).toString('base64url').slice(0, CHECK_LENGTH);

/** An opaque cursor after the given position. `list` names the list it belongs to. */
export function encodeCursor(list: string, position: CursorPosition): string {
  const body = Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');
  return checkOf(list, body) + body;
}

/** @throws ValidationError `invalid_cursor` (HTTP 400) */
export function decodeCursor(list: string, cursor: string | undefined): CursorPosition | undefined {
  if (cursor === undefined) return undefined;
  const body = cursor.slice(CHECK_LENGTH);
  if (checkOf(list, body) !== cursor.slice(0, CHECK_LENGTH)) throw invalidCursor();
  const position: JsonValue = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as JsonValue;
  if (!Array.isArray(position) || position.some((part) => Array.isArray(part) || isJsonObject(part))) {
    throw invalidCursor();
  }
  return position as JsonPrimitive[];
}

/** The text a list is ordered by, from a cursor made by `pageOf`. */
export function textCursor(list: string, cursor: string | undefined): string | undefined {
  const position = decodeCursor(list, cursor)?.[0];
  if (position === undefined || typeof position === 'string') return position;
  throw invalidCursor();
}

/** One page out of rows that were asked for with `limit + 1`. */
export function pageOf<Row, Item>(
  list: string,
  rows: readonly Row[],
  limit: number,
  options: { readonly positionOf: (row: Row) => CursorPosition; readonly present: (row: Row) => Item },
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    data: shown.map(options.present),
    nextCursor: hasMore ? encodeCursor(list, options.positionOf(last)) : null,
  };
}

const invalidCursor = (): ValidationError =>
  new ValidationError([{ parameter: 'cursor', code: 'invalid_cursor', message: 'The cursor is not one of this list' }]);
