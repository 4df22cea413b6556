import { Inject, Injectable } from '@nestjs/common';
import { NotFoundError, newId, type JsonObject } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import type { DeadLetterFilter } from './dead-letter.js';
import { DEAD, OWN_ROWS, filterValues } from './dead-letter.sql.js';
import type { NewReplayJob, ReplayJob, ReplayJobStatus } from './replay-job.js';

/** Where a job goes on: behind the last delivery that it has handled. */
interface JobPosition {
  readonly at: string;
  readonly messageId: string;
  readonly no: number;
}

/** A job whose turn it is, locked. */
export interface DueReplayJob {
  readonly id: string;
  readonly actor: string;
  readonly ratePerMinute: number;
  readonly filter: DeadLetterFilter;
  readonly untilAt: string;
  readonly position?: JobPosition;
}

export type JobItem = JobPosition;

export interface JobProgress {
  readonly replayed: number;
  readonly skipped: number;
  readonly recipients: number;
  readonly last?: JobItem;
  readonly isFinished: boolean;
  readonly nextInSeconds: number;
}

interface JobRow {
  readonly id: string;
  readonly actor: string;
  readonly selector: JsonObject;
  readonly rate_per_minute: number;
  readonly status: ReplayJobStatus;
  readonly item_count: number;
  readonly n_replayed: number;
  readonly n_skipped: number;
  readonly n_recipients: number;
  readonly position: JobPosition | null;
  /** As text: a Date would lose the microseconds. */
  readonly until_text: string;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

const JOB = `*, until_at::text AS until_text`;

/** Oldest failure first; what fails again later is not taken a second time. */
const ITEMS = `
  SELECT d.updated_at::text AS at, d.message_id AS "messageId", d.no
  ${DEAD} AND d.updated_at <= $8::timestamptz AND EXISTS (SELECT ${OWN_ROWS})
    AND ($9::timestamptz IS NULL OR (d.updated_at, d.message_id, d.no) > ($9::timestamptz, $10::uuid, $11::int))
  ORDER BY d.updated_at, d.message_id, d.no LIMIT $12`;

const ADVANCE = `
  UPDATE replay_job SET n_replayed = n_replayed + $2, n_skipped = n_skipped + $3, n_recipients = n_recipients + $4,
    position = coalesce($5::jsonb, position), next_at = now() + $6::float8 * interval '1 s',
    status = CASE WHEN $7 THEN 'finished' ELSE status END, finished_at = CASE WHEN $7 THEN now() END
  WHERE id = $1`;

/** The rows of `replay_job`. */
@Injectable()
export class ReplayJobStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  async create(
    { actor, filter, itemCount, ratePerMinute }: NewReplayJob,
    sql: Sql = this.database,
  ): Promise<ReplayJob> {
    const [row] = await sql.query<JobRow>(
      `INSERT INTO replay_job (id, actor, selector, rate_per_minute, item_count) VALUES ($1, $2, $3, $4, $5)
       RETURNING ${JOB}`,
      [newId(), actor, JSON.stringify(filter), ratePerMinute, itemCount],
    );
    return toJob(row);
  }

  /** @throws NotFoundError */
  async get(id: string, sql: Sql = this.database): Promise<ReplayJob> {
    const [row] = await sql.query<JobRow>(`SELECT ${JOB} FROM replay_job WHERE id = $1`, [id]);
    return toJob(row);
  }

  /** Newest first. */
  async list(page: { readonly before?: string; readonly limit: number }): Promise<readonly ReplayJob[]> {
    const rows = await this.database.query<JobRow>(
      `SELECT ${JOB} FROM replay_job WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
      [page.before ?? null, page.limit],
    );
    return rows.map(toJob);
  }

  /** What was replayed stays so; a job that has ended is left as it is. */
  async cancel(id: string, sql: Sql = this.database): Promise<ReplayJob> {
    await sql.query(
      `UPDATE replay_job SET status = 'canceled', finished_at = now() WHERE id = $1 AND status = 'running'`,
      [id],
    );
    return this.get(id, sql);
  }

  /** A job whose turn it is, and that no other process works on; locked until the transaction ends. */
  async takeDue(sql: Sql): Promise<DueReplayJob | undefined> {
    const [row] = await sql.query<JobRow>(
      `SELECT ${JOB} FROM replay_job WHERE status = 'running' AND next_at <= now()
       ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    if (!row) return undefined;
    return {
      id: row.id,
      actor: row.actor,
      ratePerMinute: row.rate_per_minute,
      filter: toFilter(row.selector),
      untilAt: row.until_text,
      ...(row.position && { position: row.position }),
    };
  }

  async postpone(id: string, seconds: number): Promise<void> {
    await this.database.query(`UPDATE replay_job SET next_at = now() + $2 * interval '1 s' WHERE id = $1`, [
      id,
      seconds,
    ]);
  }

  async nextItems(sql: Sql, { filter, position, untilAt }: DueReplayJob, limit: number): Promise<readonly JobItem[]> {
    const { at = null, messageId = null, no = null } = position ?? {};
    return sql.query<JobItem>(ITEMS, [...filterValues(filter), untilAt, at, messageId, no, limit]);
  }

  async advance(sql: Sql, id: string, progress: JobProgress): Promise<void> {
    const { isFinished, last, nextInSeconds, recipients, replayed, skipped } = progress;
    const position = last ? JSON.stringify(last) : null;
    await sql.query(ADVANCE, [id, replayed, skipped, recipients, position, nextInSeconds, isFinished]);
  }
}

function toFilter(selector: JsonObject): DeadLetterFilter {
  const { failedAfter, failedBefore, ...rest } = selector as unknown as Record<'failedAfter' | 'failedBefore', string>;
  return {
    ...(rest as Omit<DeadLetterFilter, 'failedAfter' | 'failedBefore'>),
    failedAfter: new Date(failedAfter),
    ...(failedBefore !== undefined && { failedBefore: new Date(failedBefore) }),
  };
}

function toJob(row: JobRow | undefined): ReplayJob {
  if (!row) throw new NotFoundError('There is no such replay');
  return {
    id: row.id,
    status: row.status,
    actor: row.actor,
    filter: row.selector,
    ratePerMinute: row.rate_per_minute,
    itemCount: row.item_count,
    counts: { replayed: row.n_replayed, skipped: row.n_skipped, recipients: row.n_recipients },
    createdAt: row.created_at,
    ...(row.finished_at && { finishedAt: row.finished_at }),
  };
}
