import { FILE_LIMITS } from './file-limits.js';
import { requireSize, type TableRow } from './table-row.js';
import { XlsxArchive } from './xlsx-archive.js';
import { readWorkbook, type Workbook } from './xlsx-workbook.js';
import { XmlReader } from './xml-reader.js';

/** The lines of a sheet, one at a time: the first sheet, or the one of that name. @throws TableFileError */
export async function* xlsxRows(path: string, sheet?: string): AsyncGenerator<TableRow> {
  const archive = await XlsxArchive.open(path);
  try {
    const workbook = await readWorkbook(archive, sheet);
    const lines = new SheetLines(workbook);
    const reader = new XmlReader(lines);
    for await (const text of archive.texts(workbook.sheet)) {
      reader.write(text);
      for (const row of lines.take()) {
        requireSize(row);
        yield row;
      }
    }
  } finally {
    archive.close();
  }
}

interface Cell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  value: string;
  isFormula: boolean;
}

/** Cells beyond this place are not kept: the line is refused for its length. */
const LAST_COLUMN = FILE_LIMITS.columns;

/** Puts the lines of a sheet together while its XML goes by. */
class SheetLines {
  private rows: TableRow[] = [];
  private no = 0;
  private cells: string[] = [];
  private computed: number[] = [];
  private cell: Cell | undefined;
  private isValue = false;

  constructor(private readonly workbook: Workbook) {}

  take(): readonly TableRow[] {
    return this.rows.splice(0);
  }

  open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (name === 'row') this.openRow(attributes);
    else if (name === 'c') this.openCell(attributes);
    else if (name === 'f' && this.cell) this.cell.isFormula = true;
    else if (name === 'v' || name === 't') this.isValue = true;
  };

  text = (text: string): void => {
    if (this.isValue && this.cell) this.cell.value += text;
  };

  close = (name: string): void => {
    if (name === 'v' || name === 't') this.isValue = false;
    else if (name === 'c') this.closeCell();
    else if (name === 'row') this.rows.push({ no: this.no, cells: this.cells, computed: this.computed });
  };

  private openRow({ r }: Readonly<Record<string, string>>): void {
    this.no = Number(r) || this.no + 1;
    this.cells = [];
    this.computed = [];
  }

  private openCell({ r, s, t }: Readonly<Record<string, string>>): void {
    const column = r === undefined ? this.cells.length : columnOf(r);
    this.cell = {
      column: Math.min(column, LAST_COLUMN),
      type: t ?? 'n',
      style: Number(s ?? -1),
      value: '',
      isFormula: false,
    };
  }

  private closeCell(): void {
    const { cell } = this;
    this.cell = undefined;
    if (!cell || (cell.value === '' && !cell.isFormula)) return;
    while (this.cells.length < cell.column) this.cells.push('');
    this.cells[cell.column] = this.shown(cell);
    if (cell.isFormula || cell.type === 'e') this.computed.push(cell.column);
  }

  private shown({ style, type, value }: Cell): string {
    if (type === 's') return this.workbook.sharedTexts[Number(value)] ?? '';
    if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
    if (type !== 'n' || value.trim() === '' || !Number.isFinite(Number(value))) return value;
    const number = Number(value);
    return this.workbook.dateStyles[style]
      ? dateText(number, this.workbook.is1904)
      : String(Number(number.toPrecision(15)));
  }
}

/** `A` is 0, `AB` in `AB12` is 27. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,4}/.exec(reference)?.[0] ?? 'A';
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

const DAY_MS = 86_400_000;
/** 1970 in days since the end of 1899, and since 1904. */
const EPOCH = { from1900: 25_569, from1904: 24_107 } as const;

/** As the sheet shows it, in the order of ISO 8601; a time alone where there is no day. */
function dateText(serial: number, is1904: boolean): string {
  const days = serial - (is1904 ? EPOCH.from1904 : EPOCH.from1900);
  const instant = new Date(Math.round((days * DAY_MS) / 1000) * 1000);
  if (Number.isNaN(instant.getTime())) return String(serial);
  const text = instant.toISOString();
  const [day, time] = [text.slice(0, 10), text.slice(11, 19)];
  if (serial < 1) return time;
  return Number.isInteger(serial) ? day : `${day} ${time}`;
}
