import { Inject, Injectable } from '@nestjs/common';
import { lowestIdAt } from '#libs/core';
import { Database, listMonths, type PartitionMonth, type Sql } from '#libs/database';

/** Messages that one statement looks at. */
const PAGE = 5_000;

/** Deliveries and recipients of the messages that one statement purges, and one message more. */
const MOST_ROWS = 20_000;

/** A month is looked through from its beginning to the limit; `again_at` says when to look next. */
interface Progress {
  readonly next_id: string;
}

interface PurgedPage {
  readonly seen: number;
  readonly found: number;
  readonly last: string | null;
}

const TAKE = `
  INSERT INTO content_purge (month, next_id) VALUES ($1, $2) ON CONFLICT (month) DO NOTHING`;
const HOLD = `
  SELECT next_id FROM content_purge WHERE month = $1 AND again_at <= now() FOR UPDATE SKIP LOCKED`;

/** What was written into the message and what the vendor was sent and answered; who was sent to and how it ended stays. */
const PURGE = `
  WITH found AS (
    SELECT id, open_rows = 0 AND content_purged_at IS NULL AS due, greatest(row_count, delivery_count) AS size
    FROM message WHERE id >= $1 AND id < $2 ORDER BY id LIMIT ${PAGE}
  ), sized AS (
    SELECT id, due, coalesce(sum(size) FILTER (WHERE due) OVER before_it, 0) AS rows_before
    FROM found WINDOW before_it AS (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
  ), page AS (
    SELECT id, due FROM sized WHERE rows_before < ${MOST_ROWS}
  ), purged AS (
    UPDATE message m SET params = '{}', metadata = NULL, content_purged_at = now(),
      inline_content = CASE WHEN m.inline_content IS NOT NULL THEN '{}'::jsonb END
    FROM page WHERE page.due AND m.id = page.id AND m.open_rows = 0 AND m.content_purged_at IS NULL
    RETURNING m.id
  ), deliveries AS (
    UPDATE delivery d SET params = NULL FROM purged
    WHERE d.message_id = purged.id AND d.params IS NOT NULL
  ), attempts AS (
    UPDATE attempt a SET exchange = NULL FROM purged
    WHERE a.message_id = purged.id AND a.exchange IS NOT NULL
  )
  SELECT (SELECT count(*)::int FROM page) AS seen, (SELECT count(*)::int FROM found) AS found,
    (SELECT max(id::text) FROM page) AS last`;

/** What was to be sent after messages that could not be taken back: the recall stays, with the name of the template. */
const PURGE_CORRECTIONS = `
  UPDATE recall SET correction = correction || '{"params": {}}'
  WHERE id IN (SELECT id FROM recall WHERE id < $1 AND status = 'finished' AND correction -> 'params' <> '{}'
               ORDER BY id LIMIT $2)
  RETURNING id`;

/** Goes on; or, at the end of a month that is not all purged yet, begins again tomorrow. */
const LEAVE = `
  UPDATE content_purge SET next_id = $2, again_at = CASE $3
    WHEN 'on' THEN now() WHEN 'tomorrow' THEN now() + interval '1 day' WHEN 'soon' THEN now() + interval '10 minutes'
    ELSE 'infinity' END
  WHERE month = $1`;

/** Removes the content of ended messages, month by month and page by page. */
@Injectable()
export class ContentPurgeStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Purges one page older than the limit; answers how many messages it looked at, 0 when there is nothing to do now. */
  async purgePage(before: Date): Promise<number> {
    const limit = lowestIdAt(before);
    for (const month of await listMonths(this.database)) {
      if (month.fromId >= limit) break;
      const seen = await this.database.transaction((sql) => this.purgeIn(month, limit, sql));
      if (seen > 0) return seen;
    }
    return 0;
  }

  /** The same for corrections of recalls that are over; answers how many. */
  async purgeCorrections(before: Date): Promise<number> {
    const purged = await this.database.query<{ id: string }>(PURGE_CORRECTIONS, [lowestIdAt(before), PAGE]);
    return purged.length;
  }

  private async purgeIn(month: PartitionMonth, limit: string, sql: Sql): Promise<number> {
    await sql.query(TAKE, [month.name, month.fromId]);
    const [progress] = await sql.query<Progress>(HOLD, [month.name]);
    if (!progress) return 0;
    const end = limit < month.toId ? limit : month.toId;
    const [page] = await sql.query<PurgedPage>(PURGE, [progress.next_id, end]);
    const seen = page?.seen ?? 0;
    if (page?.last != null && (seen === PAGE || seen < page.found)) {
      await sql.query(LEAVE, [month.name, page.last, 'on']);
      return seen;
    }
    await this.endPass(month, end, sql);
    return seen;
  }

  /** What was open when the pass came by is taken by a later one. */
  private async endPass(month: PartitionMonth, end: string, sql: Sql): Promise<void> {
    if (end < month.toId) {
      await sql.query(LEAVE, [month.name, end, 'soon']);
      return;
    }
    const [row] = await sql.query<{ left: boolean }>(
      `SELECT EXISTS (SELECT FROM message WHERE id >= $1 AND id < $2 AND content_purged_at IS NULL) AS left`,
      [month.fromId, month.toId],
    );
    await sql.query(LEAVE, [month.name, month.fromId, row?.left ? 'tomorrow' : 'never']);
  }
}
