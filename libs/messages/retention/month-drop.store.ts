import { Inject, Injectable } from '@nestjs/common';
import { Database, dropMonth, isLockTimeout, listMonths, type PartitionMonth, type Sql } from '#libs/database';

export type DropOutcome = 'dropped' | 'open' | 'busy';

/** Something of the month may still be sent, or taken back. While rows are open a message is stored as accepted. */
const HAS_OPEN = `
  SELECT EXISTS (SELECT FROM message WHERE status = 'accepted' AND id >= $1 AND id < $2)
    OR EXISTS (SELECT FROM delivery WHERE status IN ('accepted', 'scheduled', 'sending')
               AND message_id >= $1 AND message_id < $2)
    OR EXISTS (SELECT FROM recall_item WHERE message_id >= $1 AND message_id < $2
               AND (status IN ('waiting', 'running') OR correction = 'due')) AS open`;

/** Rows that one statement deletes. */
const BATCH = 5_000;

/** What other tables hold about the month's messages. */
const SATELLITES = ['recall_item', 'receipt_poll'].map(
  (table) => `
  DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM ${table} WHERE message_id >= $1 AND message_id < $2 LIMIT ${BATCH}))
  RETURNING 1`,
);

/** Recalls of which nothing is left. */
const EMPTY_RECALLS = `
  DELETE FROM recall r WHERE r.id IN (
    SELECT q.id FROM recall q WHERE q.id < $1 AND q.status = 'finished'
      AND NOT EXISTS (SELECT FROM recall_item i WHERE i.recall_id = q.id)
    ORDER BY q.id LIMIT ${BATCH})
  RETURNING 1`;

/** Drops whole months once they are old enough and nothing in them is open. */
@Injectable()
export class MonthDropStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The months that ended before `before`, oldest first. */
  async listExpired(before: Date): Promise<readonly PartitionMonth[]> {
    return (await listMonths(this.database)).filter(({ endsAt }) => endsAt <= before);
  }

  /**
   * Batch by batch what other tables hold, then the month itself in one transaction. That never waits for its locks
   * longer than two seconds, since everybody else would wait behind it, and holds them for no more than a look.
   */
  async drop(month: PartitionMonth): Promise<DropOutcome> {
    if (await this.hasOpen(month, this.database)) return 'open';
    for (const batch of SATELLITES) await this.deleteAll(batch, [month.fromId, month.toId]);
    try {
      const outcome = await this.database.transaction((sql) => this.dropIn(month, sql), { lockTimeoutMs: 2_000 });
      if (outcome === 'dropped') await this.deleteAll(EMPTY_RECALLS, [month.toId]);
      return outcome;
    } catch (error) {
      if (isLockTimeout(error)) return 'busy';
      throw error;
    }
  }

  private async deleteAll(batch: string, values: readonly unknown[]): Promise<void> {
    while ((await this.database.query(batch, values)).length === BATCH);
  }

  private async dropIn(month: PartitionMonth, sql: Sql): Promise<DropOutcome> {
    const [held] = await sql.query<{ held: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtext('hongyan.retention')) AS held`,
    );
    if (!held?.held) return 'busy';
    // Nobody opens anything between the last look and the end.
    await sql.query(`LOCK TABLE message_${month.name}, delivery_${month.name} IN ACCESS EXCLUSIVE MODE`);
    if (await this.hasOpen(month, sql)) return 'open';
    await dropMonth(sql, month);
    await sql.query('DELETE FROM content_purge WHERE month = $1', [month.name]);
    return 'dropped';
  }

  private async hasOpen({ fromId, toId }: PartitionMonth, sql: Sql): Promise<boolean> {
    const [row] = await sql.query<{ open: boolean }>(HAS_OPEN, [fromId, toId]);
    return row?.open ?? false;
  }
}
