import { FAMILY_NAMES } from '#libs/channels';
import { canonicalJson, sha256, type Fault, type JsonObject, type JsonValue } from '#libs/core';
import { ADDRESSES, type ImportColumn } from './columns.js';
import type { TableRow } from './file/table-row.js';

/** What a line of a file asks for. */
export interface ReadRow {
  readonly no: number;
  readonly recipient: JsonValue;
  readonly params: JsonObject;
  /** Equal for lines with the same values. */
  readonly paramsKey: Buffer;
}

const TYPED = new RegExp(`^(user|mobile|email|department|tag|${FAMILY_NAMES.join('|')}):(.+)$`, 's');

function recipientFrom(address: string, text: string): JsonValue {
  if (address !== 'recipient') return { [address]: text };
  const [, type, id] = TYPED.exec(text) ?? [];
  return type !== undefined && id !== undefined ? { [type]: id } : { user: text };
}

/** The values of a line, blanks around them dropped; an empty cell is no value. */
export function readRow(
  columns: readonly ImportColumn[],
  { cells, no }: Pick<TableRow, 'cells' | 'no'>,
): ReadRow | Fault {
  const valueOf = (column: ImportColumn): string => (cells[columns.indexOf(column)] ?? '').trim();
  const addressed = ADDRESSES.flatMap((address) => columns.filter((column) => column.address === address)).find(
    (column) => valueOf(column) !== '',
  );
  if (!addressed) return { code: 'recipients_missing', message: 'the line names nobody' };
  const params = Object.fromEntries(
    columns.flatMap((column) => {
      const value = valueOf(column);
      return column.variable !== null && value !== '' ? [[column.variable, value] as const] : [];
    }),
  );
  const recipient = recipientFrom(addressed.address ?? '', valueOf(addressed));
  return { no, recipient, params, paramsKey: sha256(canonicalJson(params)) };
}

/** What is wrong with a line that is seen before anybody reads its values. */
export function faultInShape(columns: readonly ImportColumn[], { cells, computed }: TableRow): Fault | undefined {
  const isUsed = (index: number): boolean => Boolean(columns[index]?.address ?? columns[index]?.variable);
  const formula = computed.find(isUsed);
  if (formula !== undefined) {
    const message = `the column "${columns[formula]?.header ?? ''}" holds a formula or an error: paste values instead`;
    return { code: 'formula_cell', message };
  }
  if (cells.slice(columns.length).every((cell) => cell.trim() === '')) return undefined;
  return { code: 'extra_cells', message: 'the line has more cells than the header' };
}
