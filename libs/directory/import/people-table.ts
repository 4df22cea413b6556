import { parse } from 'csv-parse/sync';
import { FAMILY_NAMES, isFamilyName, type FamilyName } from '#libs/channels';
import { ValidationError, hasNul } from '#libs/core';
import { canonicalEmail, canonicalMobile } from '../canonical.js';
import { PERSON_LIMITS, personFault } from '../person-rules.js';

/** A row of a table of people. A column that the table does not have is undefined; an empty cell is null. */
export interface ImportedPerson {
  /** As a spreadsheet counts, the header being 1. */
  readonly row: number;
  readonly user: string;
  readonly name?: string | null;
  readonly mobile?: string | null;
  readonly email?: string | null;
  readonly department?: string | null;
  readonly active?: boolean;
  readonly identities: readonly { readonly family: FamilyName; readonly providerUserId: string }[];
}

export interface RowFault {
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly message: string;
}

export interface PeopleTable {
  readonly people: readonly ImportedPerson[];
  readonly faults: readonly RowFault[];
}

export const MOST_IMPORTED = 100_000;

const TEXT_COLUMNS = ['name', 'mobile', 'email', 'department'] as const;
const COLUMNS: readonly string[] = ['user', ...TEXT_COLUMNS, 'active', ...FAMILY_NAMES];
const YES: ReadonlySet<string> = new Set(['true', '1', 'yes', 'y', '是', '在职']);
const NO: ReadonlySet<string> = new Set(['false', '0', 'no', 'n', '否', '离职']);

/**
 * Reads a CSV in UTF-8 or GB18030, with a header of `user name mobile email department active` and the vendors' names.
 * @throws ValidationError when it is no table of people as a whole
 */
export function readPeopleTable(bytes: Uint8Array): PeopleTable {
  const [header = [], ...rows] = cellsOf(textOf(bytes));
  const columns = header.map((name) => name.trim().toLowerCase());
  const unknown = columns.filter((name) => !COLUMNS.includes(name));
  if (unknown.length > 0) throw wrongFile('unknown_column', `no columns are called ${unknown.join(', ')}`);
  if (new Set(columns).size < columns.length) throw wrongFile('duplicate_item', 'a column is there twice');
  if (!columns.includes('user')) throw wrongFile('missing_field', 'the column "user" is required');
  if (rows.length > MOST_IMPORTED) throw wrongFile('too_many_items', `at most ${MOST_IMPORTED} rows`);
  const faults: RowFault[] = [];
  const people = rows.flatMap((cells, index) => {
    const cellOf = new Map(columns.map((name, column) => [name, (cells[column] ?? '').trim()]));
    return readRow(cellOf, index + 2, faults) ?? [];
  });
  return { people: withoutRepetitions(people, faults), faults };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Spreadsheets on Chinese systems write this one; it gives every byte a meaning.
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function cellsOf(text: string): string[][] {
  if (hasNul(text)) throw wrongFile('invalid_csv', 'must be a CSV file');
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    throw wrongFile('invalid_csv', `must be a CSV file: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
}

function readRow(cells: ReadonlyMap<string, string>, row: number, faults: RowFault[]): ImportedPerson | undefined {
  const own: RowFault[] = [];
  const blame = (column: string, code: string, message: string): void => void own.push({ row, column, code, message });
  const texts = readTexts(cells, blame);
  const identities = FAMILY_NAMES.filter(isFamilyName).flatMap((family) => {
    const providerUserId = cells.get(family) ?? '';
    const fault = providerUserId === '' ? undefined : personFault('user', providerUserId);
    if (fault) blame(family, 'invalid_value', fault);
    return providerUserId === '' ? [] : [{ family, providerUserId }];
  });
  const user = cells.get('user') ?? '';
  const wrongUser = personFault('user', user);
  if (wrongUser) blame('user', 'invalid_value', wrongUser);
  const active = readActive(cells.get('active'));
  if (active === 'unknown') blame('active', 'invalid_value', 'must be true or false');
  faults.push(...own);
  if (own.length > 0) return undefined;
  return { row, user, ...texts, ...(typeof active === 'boolean' && { active }), identities };
}

function readTexts(
  cells: ReadonlyMap<string, string>,
  blame: (column: string, code: string, message: string) => void,
): Partial<Record<(typeof TEXT_COLUMNS)[number], string | null>> {
  const texts: Partial<Record<(typeof TEXT_COLUMNS)[number], string | null>> = {};
  for (const column of TEXT_COLUMNS) {
    const cell = cells.get(column);
    if (cell === undefined) continue;
    const text = column === 'mobile' ? canonicalMobile(cell) : column === 'email' ? canonicalEmail(cell) : cell;
    const fault = text === '' ? undefined : personFault(column, text);
    if (fault) blame(column, text.length > PERSON_LIMITS[column] ? 'too_long' : 'invalid_value', fault);
    texts[column] = text === '' ? null : text;
  }
  return texts;
}

function readActive(cell: string | undefined): boolean | 'unknown' | undefined {
  if (cell === undefined || cell === '') return undefined;
  const text = cell.toLowerCase();
  if (YES.has(text)) return true;
  return NO.has(text) ? false : 'unknown';
}

function withoutRepetitions(people: readonly ImportedPerson[], faults: RowFault[]): ImportedPerson[] {
  const seen = new Map<string, number>();
  return people.filter(({ row, user }) => {
    const first = seen.get(user);
    if (first === undefined) seen.set(user, row);
    else faults.push({ row, column: 'user', code: 'duplicate_item', message: `is in row ${first} already` });
    return first === undefined;
  });
}

const wrongFile = (code: string, message: string): ValidationError =>
  new ValidationError([{ pointer: '/file', code, message }]);
