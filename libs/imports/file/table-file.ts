import { open } from 'node:fs/promises';
import { csvRows } from './csv-rows.js';
import { detectEncoding, type Encoding } from './encoding.js';
import { TableFileError } from './file-error.js';
import type { TableRow } from './table-row.js';
import { xlsxRows } from './xlsx-rows.js';

export type TableFormat = 'csv' | 'xlsx';

export interface TableFileWishes {
  /** Of a CSV file; default: found by its bytes. */
  readonly encoding?: Encoding;
  /** Of a workbook; default: its first one. */
  readonly sheet?: string;
}

export interface TableFile {
  readonly format: TableFormat;
  /** Of a CSV file. */
  readonly encoding?: Encoding;
  /** To be read once. */
  readonly rows: AsyncGenerator<TableRow>;
}

const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** Workbooks of Excel before 2007, and those with a password. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

/** Opens a file by what is in it, whatever it is called. @throws TableFileError */
export async function openTable(path: string, wishes: TableFileWishes): Promise<TableFile> {
  const head = await headOf(path);
  const begins = (bytes: readonly number[]): boolean => bytes.every((byte, index) => head[index] === byte);
  if (head.length === 0) throw new TableFileError('file_empty', 'the file is empty');
  if (begins(OLE)) {
    throw new TableFileError(
      'file_unreadable',
      'old workbooks (.xls) and those with a password cannot be read: save as .xlsx or CSV',
    );
  }
  if (begins(ZIP)) return { format: 'xlsx', rows: xlsxRows(path, wishes.sheet) };
  const encoding = wishes.encoding ?? (await detectEncoding(path));
  return { format: 'csv', encoding, rows: csvRows(path, encoding) };
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
