import { Inject, Injectable } from '@nestjs/common';
import { lowestIdAt } from '#libs/core';
import { Database, listMonths, type PartitionMonth, type Sql } from '#libs/database';

/** Messages that one statement looks at. */
const PAGE = 5_000;

/** A month is looked through from its beginning to the limit; `again_at` says when to look next. */
interface Progress {
  readonly next_id: string;
}

const TAKE = `
  INSERT INTO content_purge (month, next_id) VALUES ($1, $2) ON CONFLICT (month) DO NOTHING`;
const HOLD = `
  SELECT next_id FROM content_purge WHERE month = $1 AND again_at <= now() FOR UPDATE SKIP LOCKED`;

/** What was written into the message and what the vendor was sent and answered; who was sent to and how it ended stays. */
const PURGE = `
  WITH page AS (
    SELECT id, open_rows = 0 AND content_purged_at IS NULL AS due FROM message
    WHERE id >= $1 AND id < $2 ORDER BY id LIMIT ${PAGE}
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
  SELECT (SELECT count(*)::int FROM page) AS seen, (SELECT count(*)::int FROM purged) AS purged,
    (SELECT max(id::text) FROM page) AS last`;

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

  private async purgeIn(month: PartitionMonth, limit: string, sql: Sql): Promise<number> {
    await sql.query(TAKE, [month.name, month.fromId]);
    const [progress] = await sql.query<Progress>(HOLD, [month.name]);
    if (!progress) return 0;
    const end = limit < month.toId ? limit : month.toId;
    const [page] = await sql.query<{ seen: number; last: string | null }>(PURGE, [progress.next_id, end]);
    const seen = page?.seen ?? 0;
    if (page?.last != null && seen === PAGE) {
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
