import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { InvariantError, ValidationError, newId } from '#libs/core';
import type { Priority } from '#libs/messages';
import type { CompiledTemplate } from '#libs/templates';
import { readColumns, type ColumnMapping, type ImportColumn } from './columns.js';
import { TableFileError } from './file/file-error.js';
import { FILE_LIMITS } from './file/file-limits.js';
import { withSpooled } from './file/spool.js';
import { openTable, type TableFile, type TableFileWishes } from './file/table-file.js';
import { isBlank, type TableRow } from './file/table-row.js';
import { ImportStores } from './import-passes.js';
import type { NewImportRow } from './import-row.store.js';
import type { Import, ImportRights } from './import.js';
import { faultInShape } from './read-row.js';

export interface ImportRequest {
  readonly template: CompiledTemplate;
  readonly callerId: string;
  readonly actor: string;
  readonly rights: ImportRights;
  readonly priority: Priority;
  readonly isDryRun: boolean;
  readonly fileName?: string;
  readonly mapping?: ColumnMapping;
  readonly wishes: TableFileWishes;
}

/** Lines of one statement: so many, and no more text than this. */
const BATCH = 1_000;
const BATCH_CHARACTERS = 262_144;

/** Takes files in: what cannot be read as a table is told at once, what is wrong with single lines later. */
@Injectable()
export class ImportIntake {
  constructor(@Inject(ImportStores) private readonly stores: ImportStores) {}

  /** Stores every line of the file. Nothing is left of a file that is refused. @throws ValidationError */
  async take(file: Readable, request: ImportRequest): Promise<Import> {
    requirePeople(request.template);
    const id = newId();
    await withSpooled(file, async (path) => {
      const table = await openTable(path, request.wishes);
      try {
        await this.store(id, table, request);
      } catch (error) {
        await this.stores.imports.remove(id);
        throw error;
      } finally {
        await table.rows.return(undefined);
      }
    });
    return this.stores.imports.get(id);
  }

  private async store(id: string, { encoding, format, rows }: TableFile, request: ImportRequest): Promise<void> {
    const { mapping, template, wishes: _wishes, ...rest } = request;
    const columns = readColumns(await headerOf(rows), template, mapping);
    if (template.code === null || template.version === null) throw new InvariantError('An import needs a template');
    const named = { template: template.code, templateVersion: template.version };
    await this.stores.imports.create({ ...rest, ...named, id, format, columns, ...(encoding && { encoding }) });
    const counts = { rows: 0, faulty: 0 };
    for await (const batch of batchesOf(rows, columns)) {
      counts.rows += batch.length;
      counts.faulty += batch.filter(({ fault }) => fault).length;
      await this.stores.rows.insert(id, batch);
    }
    if (counts.rows === 0) throw new TableFileError('file_empty', 'the file has no lines below its header');
    await this.stores.imports.begin(id, counts.rows, counts.faulty);
  }
}

/** The first line that holds anything. */
async function headerOf(rows: AsyncGenerator<TableRow>): Promise<readonly string[]> {
  for (;;) {
    const next: IteratorResult<TableRow, undefined> = await rows.next();
    if (next.done) throw new TableFileError('file_empty', 'the file has no lines');
    if (!isBlank(next.value)) return trimmed(next.value.cells);
  }
}

/** Without the empty cells behind the last column. */
function trimmed(cells: readonly string[]): readonly string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  return cells.slice(0, last + 1);
}

async function* batchesOf(
  rows: AsyncGenerator<TableRow>,
  columns: readonly ImportColumn[],
): AsyncGenerator<NewImportRow[]> {
  let batch: NewImportRow[] = [];
  let characters = 0;
  let count = 0;
  for await (const row of rows) {
    if (isBlank(row)) continue;
    count += 1;
    if (count > FILE_LIMITS.rows) {
      throw new TableFileError('too_many_rows', `the file has more than ${FILE_LIMITS.rows} lines`, {
        limit: FILE_LIMITS.rows,
      });
    }
    const fault = faultInShape(columns, row);
    batch.push({ no: row.no, cells: row.cells, ...(fault && { fault }) });
    characters += row.cells.reduce((total, cell) => total + cell.length, 0);
    if (batch.length < BATCH && characters < BATCH_CHARACTERS) continue;
    yield batch;
    batch = [];
    characters = 0;
  }
  if (batch.length > 0) yield batch;
}

/** @throws ValidationError `no_matching_route` */
function requirePeople({ routes }: CompiledTemplate): void {
  if (routes.some(({ channel }) => channel.addressing.to === 'people')) return;
  const message = 'the template has no route to people';
  throw new ValidationError([{ parameter: 'template', code: 'no_matching_route', message }]);
}
