import { Inject, Injectable } from '@nestjs/common';
import { lowestIdAt } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import type { RecallRange } from './recall.js';
import { recallStatusSql } from './recall.sql.js';

/** A message whose id is younger than this may still be on its way into the tables. */
const SETTLES_WITHIN_MS = 60_000;
const LOOK_AGAIN_AFTER = `interval '5 seconds'`;

/** Deliveries and recipients that one page may hold, unless a single message holds more. */
const MOST_ROWS = 20_000;

export interface ScanPage {
  readonly ids: readonly string[];
  readonly isLast: boolean;
}

/** What is left to look through. */
export interface ScanRange {
  readonly template: string;
  /** Whose messages may be taken; absent: everybody's. */
  readonly visibleTo?: string;
  /** Ids from the first (included) to the second (not included), newest first. */
  readonly fromId: string;
  readonly beforeId: string;
}

/** Messages that are known, and not stopped yet. */
export interface NamedMessages {
  readonly messageIds: readonly string[];
}

/** A recall that is not through its messages, locked for one page. */
export type RecallScan = (ScanRange | NamedMessages) & { readonly recallId: string };

interface ScanRow {
  readonly id: string;
  readonly template: string;
  readonly visible_to: string | null;
  readonly scan_from: string;
  readonly scan_before: string;
  readonly scan_ids: string[] | null;
}

/**
 * The end of a page. After the last page of the first pass the youngest minute is looked through once more: a message
 * accepted at that very moment may have been committed behind the scan's back.
 */
const ADVANCE = `
  UPDATE recall SET
    scan = CASE WHEN $2::uuid IS NOT NULL THEN scan WHEN scan = 'first' THEN 'again' END,
    scan_before = coalesce($2::uuid, scan_to),
    scan_from = CASE WHEN $2::uuid IS NULL THEN greatest(scan_from, $3::uuid) ELSE scan_from END,
    scan_due_at = CASE WHEN $2::uuid IS NULL THEN created_at + ${LOOK_AGAIN_AFTER} ELSE scan_due_at END,
    ${recallStatusSql('open_items', 'open_corrections', `CASE WHEN $2::uuid IS NOT NULL OR scan = 'first' THEN 1 END`)}
  WHERE id = $1`;

/** The end of a page of named messages. */
const ADVANCE_NAMED = `
  UPDATE recall SET scan_ids = CASE WHEN cardinality($2::uuid[]) > 0 THEN $2::uuid[] END,
    scan = CASE WHEN cardinality($2::uuid[]) > 0 THEN scan END,
    ${recallStatusSql('open_items', 'open_corrections', `CASE WHEN cardinality($2::uuid[]) > 0 THEN 1 END`)}
  WHERE id = $1`;

/** The messages of a page with their sizes, summed up in its order. */
const pageSql = (condition: string): string => `
  SELECT id, sum(greatest(row_count, delivery_count)) OVER (ORDER BY id DESC)::int AS rows
  FROM (SELECT id, row_count, delivery_count FROM message WHERE ${condition} AND recall_id IS NULL
        ORDER BY id DESC LIMIT $1) found
  ORDER BY id DESC`;

const PAGE_OF_RANGE = pageSql('template = $2 AND id >= $3 AND id < $4 AND ($5::uuid IS NULL OR caller_id = $5)');
const PAGE_OF_NAMED = pageSql('id = ANY ($2::uuid[])');

/** Where a recall stands that finds its messages by template and time. */
@Injectable()
export class RecallScanStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Of those that may be seen, how many messages the range holds. */
  async count({ createdAfter, createdBefore, template }: RecallRange, visibleTo?: string): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM message
       WHERE template = $1 AND id >= $2 AND id < $3 AND ($4::uuid IS NULL OR caller_id = $4)`,
      [template, lowestIdAt(createdAfter), lowestIdAt(createdBefore), visibleTo ?? null],
    );
    return row?.count ?? 0;
  }

  /** Gives a new recall its range to look through. */
  async begin(recallId: string, range: RecallRange, visibleTo: string | undefined, sql: Sql): Promise<void> {
    await sql.query(
      `UPDATE recall SET visible_to = $2, scan_from = $3, scan_to = $4, scan_before = $4, scan_due_at = now(),
         scan = CASE WHEN $5::timestamptz < now() - $6::float8 * interval '1 ms' THEN 'again' ELSE 'first' END
       WHERE id = $1`,
      [
        recallId,
        visibleTo ?? null,
        lowestIdAt(range.createdAfter),
        lowestIdAt(range.createdBefore),
        range.createdBefore,
        SETTLES_WITHIN_MS,
      ],
    );
  }

  /** Gives a new recall its messages. Older releases do not take it up: for them it has no due time. */
  async beginNamed(recallId: string, messageIds: readonly string[], sql: Sql): Promise<void> {
    await sql.query(`UPDATE recall SET scan = 'again', scan_ids = $2::uuid[], named_due_at = now() WHERE id = $1`, [
      recallId,
      messageIds,
    ]);
  }

  /** A scan that is due, held until the transaction ends; of one recall, or of any. */
  async take(recallId: string | undefined, sql: Sql): Promise<RecallScan | undefined> {
    const [row] = await sql.query<ScanRow>(
      `SELECT id, selector->>'template' AS template, visible_to, scan_from, scan_before, scan_ids FROM recall
       WHERE scan IS NOT NULL AND coalesce(scan_due_at, named_due_at) <= now() AND ($1::uuid IS NULL OR id = $1)
       ORDER BY coalesce(scan_due_at, named_due_at) LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [recallId ?? null],
    );
    if (!row) return undefined;
    if (row.scan_ids) return { recallId: row.id, messageIds: row.scan_ids };
    return {
      recallId: row.id,
      template: row.template,
      fromId: row.scan_from,
      beforeId: row.scan_before,
      ...(row.visible_to !== null && { visibleTo: row.visible_to }),
    };
  }

  /**
   * The next messages that no recall has yet, newest first: at most `limit`, and of large ones fewer, since a page is
   * handled in one transaction. `isLast`: there are no more.
   */
  async page(scan: ScanRange | NamedMessages, limit: number, sql: Sql): Promise<ScanPage> {
    const [text, values] =
      'messageIds' in scan
        ? [PAGE_OF_NAMED, [scan.messageIds]]
        : [PAGE_OF_RANGE, [scan.template, scan.fromId, scan.beforeId, scan.visibleTo ?? null]];
    const rows = await sql.query<{ id: string; rows: number }>(text, [limit, ...values]);
    const ids = rows.filter((row, index) => index === 0 || row.rows <= MOST_ROWS).map(({ id }) => id);
    return { ids, isLast: ids.length === rows.length && rows.length < limit };
  }

  /** A page that failed is tried again a little later, so that other recalls come first. */
  async postpone(recallId: string): Promise<void> {
    await this.database.query(
      `UPDATE recall SET scan_due_at = CASE WHEN scan_ids IS NULL THEN now() + interval '5 seconds' END,
         named_due_at = CASE WHEN scan_ids IS NOT NULL THEN now() + interval '5 seconds' END
       WHERE id = $1 AND scan IS NOT NULL`,
      [recallId],
    );
  }

  /** Goes on behind a page; after the last one the pass is over. */
  async advance(scan: RecallScan, { ids, isLast }: ScanPage, now: Date, sql: Sql): Promise<void> {
    if ('messageIds' in scan) {
      // Those that a page passed over have another recall.
      const last = ids.at(-1) ?? '';
      const left = isLast ? [] : scan.messageIds.filter((id) => id < last);
      await sql.query(ADVANCE_NAMED, [scan.recallId, left]);
      return;
    }
    const youngest = lowestIdAt(new Date(now.getTime() - SETTLES_WITHIN_MS));
    await sql.query(ADVANCE, [scan.recallId, isLast ? null : ids.at(-1), youngest]);
  }
}
