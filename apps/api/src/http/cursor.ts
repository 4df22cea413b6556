import {
  ValidationError,
  hasLoneSurrogate,
  hasNul,
  isUuid,
  sha256,
  type JsonPrimitive,
  type JsonValue,
} from '#libs/core';
import { MAX_INTEGER } from './limits.js';

const CHECK_LENGTH = 8;
/** As `Date.toISOString` writes it. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

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

/** Kinds of the members of a position. A member of another kind would only fail in the database. */
const FITS = {
  id: (part: JsonValue) => typeof part === 'string' && isUuid(part),
  text: (part: JsonValue) => typeof part === 'string' && !hasNul(part) && !hasLoneSurrogate(part),
  instant: (part: JsonValue) => typeof part === 'string' && INSTANT.test(part) && !Number.isNaN(Date.parse(part)),
  number: (part: JsonValue) => Number.isInteger(part) && Math.abs(Number(part)) <= MAX_INTEGER,
} as const;

type PartKind = keyof typeof FITS;

/** The members of a position by their kinds. */
type Parts<Kinds extends readonly PartKind[]> = {
  readonly [Index in keyof Kinds]: Kinds[Index] extends 'number' ? number : string;
};

/**
 * The position in a cursor made by `encodeCursor`: members of exactly these kinds, whoever made it.
 * @throws ValidationError `invalid_cursor` (HTTP 400)
 */
export function decodeCursor<const Kinds extends readonly PartKind[]>(
  list: string,
  cursor: string | undefined,
  kinds: Kinds,
): Parts<Kinds> | undefined {
  if (cursor === undefined) return undefined;
  const body = cursor.slice(CHECK_LENGTH);
  if (checkOf(list, body) !== cursor.slice(0, CHECK_LENGTH)) throw invalidCursor();
  const position = readJson(Buffer.from(body, 'base64url').toString('utf8'));
  const isPosition =
    Array.isArray(position) &&
    position.length === kinds.length &&
    kinds.every((kind, index) => FITS[kind](position[index] ?? null));
  if (!isPosition) throw invalidCursor();
  return position as unknown as Parts<Kinds>;
}

function readJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // No position either.
    return null;
  }
}

/** The id a list continues after, from a cursor made by `pageOf`. */
export const idCursor = (list: string, cursor: string | undefined): string | undefined =>
  decodeCursor(list, cursor, ['id'])?.[0];

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
