import { FILE_LIMITS } from './file-limits.js';
import { TableFileError } from './file-error.js';

/** One line of a table, as texts. */
export interface TableRow {
  /** Place in the file; the header is usually 1. */
  readonly no: number;
  readonly cells: readonly string[];
  /** Columns whose cell is a formula or an error: what it shows may be stale or nonsense. */
  readonly computed: readonly number[];
}

export const isBlank = ({ cells }: TableRow): boolean => cells.every((cell) => cell.trim() === '');

/** @throws TableFileError `too_many_columns`, `cell_too_long` */
export function requireSize({ cells, no }: TableRow): void {
  const { cellCharacters, columns } = FILE_LIMITS;
  if (cells.length > columns) {
    const figures = { limit: columns, actual: cells.length };
    throw new TableFileError('too_many_columns', `line ${no} has more than ${columns} columns`, figures);
  }
  const long = cells.findIndex((cell) => cell.length > cellCharacters);
  if (long === -1) return;
  throw new TableFileError(
    'cell_too_long',
    `column ${long + 1} of line ${no} is longer than ${cellCharacters} characters`,
    {
      limit: cellCharacters,
    },
  );
}
