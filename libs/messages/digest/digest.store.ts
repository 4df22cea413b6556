import { Inject, Injectable } from '@nestjs/common';
import { Database, type Sql } from '#libs/database';
import { CHANGEABLE, FOLLOW, MERGED, OUTLIVED, TAKE_OUT, sourceRows } from './digest.sql.js';

interface MergedRow {
  readonly message_id: string;
  readonly no: number;
  readonly merged_into: string;
}

/** What becomes of messages in digests, and of digests whose messages are taken back. */
@Injectable()
export class DigestStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Takes messages out of digests that nobody has claimed yet: they wait as before. What a digest on its way carries
   * stays in it. Answers the digests that are empty now.
   * @param sql a transaction; the messages' deliveries stay locked in it
   */
  async takeOut(messageIds: readonly string[], sql: Sql): Promise<readonly string[]> {
    const merged = await sql.query<MergedRow>(MERGED, [messageIds]);
    if (merged.length === 0) return [];
    const digests = [...new Set(merged.map((row) => row.merged_into))];
    // Each in a statement of its own: only what begins after the lock was had sees what its former holder has done.
    const rows = await sql.query<{ message_id: string }>(CHANGEABLE, [digests]);
    const changeable = new Set(rows.map((row) => row.message_id));
    const leaving = merged.filter((row) => changeable.has(row.merged_into));
    if (leaving.length === 0) return [];
    const keys = leaving.map(({ message_id: messageId, no }) => ({ messageId, no }));
    const empty = await sql.query<{ id: string }>(TAKE_OUT, [[...changeable], ...sourceRows.values(keys)]);
    return empty.map(({ id }) => id);
  }

  /** Messages whose time is over leave their digests; expiring is somebody else's. */
  async releaseOutlived(limit: number): Promise<void> {
    const rows = await this.database.query<{ message_id: string }>(OUTLIVED, [limit]);
    if (rows.length === 0) return;
    const messageIds = rows.map((row) => row.message_id);
    await this.database.transaction((sql) => this.takeOut(messageIds, sql));
  }

  /** Ends what is carried by digests that have ended. Answers how many deliveries. */
  async follow(limit: number): Promise<number> {
    return (await this.database.query(FOLLOW, [limit])).length;
  }
}
