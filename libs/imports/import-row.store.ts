import { Inject, Injectable } from '@nestjs/common';
import { storableText, type Fault } from '#libs/core';
import { Database, UnnestTable, jsonText, type Sql } from '#libs/database';
import type { ImportRow, RowOutcome } from './import.js';

/** A line on its way into the table. */
export interface NewImportRow {
  readonly no: number;
  readonly cells: readonly string[];
  readonly fault?: Fault;
}

/** What the check found out about a line. */
export interface CheckedRow {
  readonly no: number;
  readonly ref?: string;
  readonly paramsKey?: Buffer;
  readonly faults: readonly Fault[];
}

type StoredRow = Pick<ImportRow, 'no' | 'cells'>;

const fresh = new UnnestTable<NewImportRow>('f', {
  no: ['integer', ({ no }) => no],
  cells: ['jsonb', ({ cells }) => JSON.stringify(cells.map(storableText))],
  outcome: ['text', ({ fault }) => (fault ? 'faulty' : 'waiting')],
  faults: ['jsonb', ({ fault }) => (fault ? JSON.stringify([fault]) : null)],
});

const checked = new UnnestTable<CheckedRow>('c', {
  no: ['integer', ({ no }) => no],
  ref: ['text', ({ ref }) => ref],
  params_key: ['bytea', ({ paramsKey }) => paramsKey],
  faults: ['jsonb', ({ faults }) => (faults.length > 0 ? jsonText([...faults.map((fault) => ({ ...fault }))]) : null)],
});

/** The rows of `import_row`. */
@Injectable()
export class ImportRowStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async insert(importId: string, rows: readonly NewImportRow[]): Promise<void> {
    await this.database.query(
      `INSERT INTO import_row (import_id, no, cells, outcome, faults)
       SELECT $1, no, cells, outcome, faults FROM ${fresh.from(2)}`,
      [importId, ...fresh.values(rows)],
    );
  }

  /** The next lines that nobody has looked at, in the order of the file. */
  nextWaiting(sql: Sql, importId: string, limit: number): Promise<StoredRow[]> {
    return sql.query(
      `SELECT no, cells FROM import_row WHERE import_id = $1 AND outcome = 'waiting' ORDER BY no LIMIT $2`,
      [importId, limit],
    );
  }

  /** Lines that can be sent, those with the same values side by side. */
  nextReady(sql: Sql, importId: string, limit: number): Promise<(StoredRow & { readonly ref: string })[]> {
    return sql.query(
      `SELECT no, cells, ref FROM import_row WHERE import_id = $1 AND outcome = 'ready' ORDER BY params_key, no LIMIT $2`,
      [importId, limit],
    );
  }

  async settle(sql: Sql, importId: string, rows: readonly CheckedRow[]): Promise<void> {
    await sql.query(
      `UPDATE import_row r SET ref = coalesce(c.ref, r.ref), params_key = coalesce(c.params_key, r.params_key),
         faults = c.faults, outcome = CASE WHEN c.faults IS NULL THEN 'ready' ELSE 'faulty' END
       FROM ${checked.from(2)} WHERE r.import_id = $1 AND r.no = c.no`,
      [importId, ...checked.values(rows)],
    );
  }

  async accept(sql: Sql, importId: string, nos: readonly number[], messageId: string): Promise<void> {
    await sql.query(
      `UPDATE import_row SET outcome = 'accepted', message_id = $3 WHERE import_id = $1 AND no = ANY($2::int[])`,
      [importId, nos, messageId],
    );
  }

  /** Leaves out every line that says what an earlier one says. Answers how many. */
  async markDuplicates(sql: Sql, importId: string): Promise<number> {
    const rows = await sql.query(
      `UPDATE import_row r SET outcome = 'duplicate' FROM (
         SELECT no, row_number() OVER (PARTITION BY ref, params_key ORDER BY no) AS place
           FROM import_row WHERE import_id = $1 AND outcome = 'ready') d
       WHERE r.import_id = $1 AND r.no = d.no AND d.place > 1 RETURNING r.no`,
      [importId],
    );
    return rows.length;
  }

  /** Calls that the ready lines need when one takes `perCall` people. */
  async countCalls(sql: Sql, importId: string, perCall: number): Promise<number> {
    const [row] = await sql.query<{ calls: number }>(
      `SELECT coalesce(sum(ceil(n / $2::float8)), 0)::int AS calls FROM (
         SELECT count(*) AS n FROM import_row WHERE import_id = $1 AND outcome = 'ready' GROUP BY params_key) k`,
      [importId, perCall],
    );
    return row?.calls ?? 0;
  }

  /** In the order of the file, behind line `after`. */
  async list(
    importId: string,
    page: { readonly outcome?: RowOutcome; readonly after: number; readonly limit: number },
  ): Promise<readonly ImportRow[]> {
    const rows = await this.database.query<
      Omit<ImportRow, 'faults' | 'messageId'> & { faults: Fault[] | null; message_id: string | null }
    >(
      `SELECT no, cells, outcome, faults, message_id FROM import_row
       WHERE import_id = $1 AND no > $2 AND ($3::text IS NULL OR outcome = $3) ORDER BY no LIMIT $4`,
      [importId, page.after, page.outcome ?? null, page.limit],
    );
    return rows.map(({ faults, message_id: messageId, ...row }) => ({
      ...row,
      faults: faults ?? [],
      ...(messageId !== null && { messageId }),
    }));
  }

  /** What became of the messages, recipients by state; they may have been removed by now. */
  async results(importId: string): Promise<Readonly<Record<string, number>>> {
    const [row] = await this.database.query<Record<string, number>>(
      `SELECT count(*)::int AS messages, coalesce(sum(open_rows), 0)::int AS open, coalesce(sum(n_sent), 0)::int AS sent,
         coalesce(sum(n_delivered), 0)::int AS delivered, coalesce(sum(n_read), 0)::int AS read,
         coalesce(sum(n_invalid), 0)::int AS invalid, coalesce(sum(n_failed), 0)::int AS failed,
         coalesce(sum(n_unknown), 0)::int AS unknown, coalesce(sum(n_suppressed), 0)::int AS suppressed,
         coalesce(sum(n_canceled), 0)::int AS canceled, coalesce(sum(n_expired), 0)::int AS expired,
         coalesce(sum(n_recalled), 0)::int AS recalled
       FROM message WHERE batch_id = $1`,
      [importId],
    );
    return row ?? {};
  }

  async openMessages(importId: string): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT id FROM message WHERE batch_id = $1 AND open_rows > 0',
      [importId],
    );
    return rows.map(({ id }) => id);
  }

  /** Removes lines of imports that ended before `before`, at most a page of them. Answers how many. */
  async purge(before: Date, limit: number): Promise<number> {
    const rows = await this.database.query(
      `DELETE FROM import_row WHERE (import_id, no) IN (
         SELECT r.import_id, r.no FROM import i JOIN import_row r ON r.import_id = i.id
          WHERE i.status NOT IN ('uploading', 'checking', 'running')
            AND coalesce(i.finished_at, i.created_at) < $1 LIMIT $2) RETURNING no`,
      [before.toISOString(), limit],
    );
    return rows.length;
  }
}
