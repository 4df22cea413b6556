import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { decodedTexts, type Encoding } from './encoding.js';
import { TableFileError } from './file-error.js';
import { FILE_LIMITS } from './file-limits.js';
import { requireSize, type TableRow } from './table-row.js';

const DELIMITERS = [',', ';', '\t'] as const;

/**
 * The lines of a CSV file, one at a time. Commas, semicolons or tabs: whichever the first line has most of.
 * @throws TableFileError
 */
export async function* csvRows(path: string, encoding: Encoding): AsyncGenerator<TableRow> {
  const parser = parse({
    bom: true,
    delimiter: await delimiterOf(path, encoding),
    max_record_size: FILE_LIMITS.recordCharacters,
    relax_column_count: true,
    skip_empty_lines: false,
  });
  // Whatever ends the pipeline ends the iteration below with the same error.
  pipeline(Readable.from(decodedTexts(path, encoding)), parser).catch(() => undefined);
  let no = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      no += 1;
      const row = { no, cells, computed: [] };
      requireSize(row);
      yield row;
    }
  } catch (error) {
    throw error instanceof CsvError ? faultOf(error, no + 1) : error;
  }
}

function faultOf({ code, message }: CsvError, no: number): TableFileError {
  if (code === 'CSV_MAX_RECORD_SIZE' || code === 'CSV_QUOTE_NOT_CLOSED') {
    return new TableFileError('quote_not_closed', `a quote that opens in record ${no} is never closed`);
  }
  return new TableFileError('file_unreadable', `record ${no}: ${message}`);
}

async function delimiterOf(path: string, encoding: Encoding): Promise<string> {
  let head = '';
  for await (const text of decodedTexts(path, encoding)) {
    head += text;
    if (head.length > 0) break;
  }
  const line = /^[^\r\n]*/.exec(head)?.[0] ?? '';
  const count = (delimiter: string): number => line.split(delimiter).length;
  return [...DELIMITERS].sort((one, other) => count(other) - count(one))[0] ?? ',';
}
