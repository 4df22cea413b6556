import { Inject, Injectable } from '@nestjs/common';
import { NotFoundError } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import { PRIORITIES, priorityName } from '#libs/messages';
import type { Import, ImportOwner, ImportStatus, NewImport } from './import.js';

interface ImportRecord {
  readonly id: string;
  readonly caller_id: string;
  readonly actor: string;
  readonly rights: Import['rights'];
  readonly template: string;
  readonly template_version: number;
  readonly priority: number;
  readonly file_name: string | null;
  readonly format: Import['format'];
  readonly encoding: string | null;
  readonly columns: Import['columns'];
  readonly is_dry_run: boolean;
  readonly status: ImportStatus;
  readonly reason: string | null;
  readonly row_count: number;
  readonly n_ready: number;
  readonly n_faulty: number;
  readonly n_duplicate: number;
  readonly n_accepted: number;
  readonly is_checked: boolean;
  readonly call_count: number | null;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

/** Moves of lines between their outcomes; what a pass has done. */
export interface ImportProgress {
  readonly ready?: number;
  readonly faulty?: number;
  readonly accepted?: number;
}

/** The rows of `import`. */
@Injectable()
export class ImportStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  async create(fresh: NewImport): Promise<void> {
    await this.database.query(
      `INSERT INTO import (id, caller_id, actor, rights, template, template_version, priority, file_name, format, encoding,
         columns, is_dry_run) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        fresh.id,
        fresh.callerId,
        fresh.actor,
        JSON.stringify(fresh.rights),
        fresh.template,
        fresh.templateVersion,
        PRIORITIES[fresh.priority],
        fresh.fileName ?? null,
        fresh.format,
        fresh.encoding ?? null,
        JSON.stringify(fresh.columns),
        fresh.isDryRun,
      ],
    );
  }

  /** All lines are there: the workers may begin. */
  async begin(id: string, rowCount: number, faultyCount: number): Promise<void> {
    await this.database.query(
      `UPDATE import SET status = 'checking', row_count = $2, n_faulty = $3 WHERE id = $1 AND status = 'uploading'`,
      [id, rowCount, faultyCount],
    );
  }

  async remove(id: string): Promise<void> {
    await this.database.query('DELETE FROM import WHERE id = $1', [id]);
  }

  /** @throws NotFoundError */
  async get(id: string, { callerId }: ImportOwner = {}): Promise<Import> {
    const [row] = await this.database.query<ImportRecord>(
      `SELECT * FROM import WHERE id = $1 AND status <> 'uploading' AND ($2::uuid IS NULL OR caller_id = $2)`,
      [id, callerId ?? null],
    );
    if (!row) throw new NotFoundError('There is no such import');
    return toImport(row);
  }

  /** Newest first. */
  async list(page: ImportOwner & { readonly before?: string; readonly limit: number }): Promise<readonly Import[]> {
    const rows = await this.database.query<ImportRecord>(
      `SELECT * FROM import WHERE status <> 'uploading' AND ($1::uuid IS NULL OR id < $1)
         AND ($3::uuid IS NULL OR caller_id = $3) ORDER BY id DESC LIMIT $2`,
      [page.before ?? null, page.limit, page.callerId ?? null],
    );
    return rows.map(toImport);
  }

  /** The import whose turn it is and that no other process works on; locked until the transaction ends. */
  async takeDue(sql: Sql): Promise<Import | undefined> {
    const [row] = await sql.query<ImportRecord>(
      `SELECT * FROM import WHERE status IN ('checking', 'running') ORDER BY turn_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    return row && toImport(row);
  }

  /** Counts what a pass has done, and lets the other imports have theirs. */
  async advance(sql: Sql, id: string, { accepted = 0, faulty = 0, ready = 0 }: ImportProgress): Promise<void> {
    await sql.query(
      `UPDATE import SET n_ready = n_ready + $2, n_faulty = n_faulty + $3, n_accepted = n_accepted + $4,
         turn_at = clock_timestamp() WHERE id = $1`,
      [id, ready, faulty, accepted],
    );
  }

  async endCheck(sql: Sql, id: string, duplicates: number, callCount: number): Promise<void> {
    await sql.query(
      `UPDATE import SET n_ready = n_ready - $2, n_duplicate = n_duplicate + $2, call_count = $3, is_checked = true,
         status = CASE WHEN is_dry_run THEN 'checked' ELSE 'running' END, turn_at = clock_timestamp() WHERE id = $1`,
      [id, duplicates, callCount],
    );
  }

  async finish(sql: Sql, id: string): Promise<void> {
    await sql.query(`UPDATE import SET status = 'finished', finished_at = now() WHERE id = $1`, [id]);
  }

  /** False when it is in none of the states `from`. Waits for the pass that is under way. */
  async move(id: string, from: readonly ImportStatus[], to: ImportStatus, sql: Sql = this.database): Promise<boolean> {
    return this.change(`status = $3, reason = NULL`, id, from, [to], sql);
  }

  /** On from where it stopped. */
  async resume(id: string): Promise<boolean> {
    const next = `status = CASE WHEN is_checked THEN 'running' ELSE 'checking' END, reason = NULL, is_dry_run = false,
      turn_at = now()`;
    return this.change(next, id, ['checked', 'paused'], []);
  }

  async cancel(id: string): Promise<boolean> {
    const from: readonly ImportStatus[] = ['checking', 'checked', 'running', 'paused'];
    return this.change(`status = 'canceled', reason = NULL, finished_at = now()`, id, from, []);
  }

  /** Stopped by what happened, not by a person. */
  async pause(sql: Sql, id: string, reason: string): Promise<void> {
    await sql.query(`UPDATE import SET status = 'paused', reason = $2 WHERE id = $1`, [id, reason]);
  }

  /** Uploads that never came to their end. */
  async dropUnfinished(): Promise<void> {
    await this.database.query(
      `DELETE FROM import WHERE status = 'uploading' AND created_at < now() - interval '1 hour'`,
    );
  }

  private async change(
    set: string,
    id: string,
    from: readonly ImportStatus[],
    values: readonly unknown[],
    sql: Sql = this.database,
  ): Promise<boolean> {
    const text = `UPDATE import SET ${set} WHERE id = $1 AND status = ANY($2::text[]) RETURNING id`;
    return (await sql.query(text, [id, from, ...values])).length > 0;
  }
}

function toImport(row: ImportRecord): Import {
  const { n_accepted: accepted, n_duplicate: duplicate, n_faulty: faulty, n_ready: ready, row_count: rows } = row;
  return {
    id: row.id,
    callerId: row.caller_id,
    actor: row.actor,
    rights: row.rights,
    template: row.template,
    templateVersion: row.template_version,
    priority: priorityName(row.priority),
    ...(row.file_name !== null && { fileName: row.file_name }),
    format: row.format,
    ...(row.encoding !== null && { encoding: row.encoding }),
    columns: row.columns,
    isDryRun: row.is_dry_run,
    status: row.status,
    ...(row.reason !== null && { reason: row.reason }),
    isChecked: row.is_checked,
    counts: { rows, waiting: rows - ready - faulty - duplicate - accepted, ready, faulty, duplicate, accepted },
    ...(row.call_count !== null && { callCount: row.call_count }),
    createdAt: row.created_at,
    ...(row.finished_at && { finishedAt: row.finished_at }),
  };
}
