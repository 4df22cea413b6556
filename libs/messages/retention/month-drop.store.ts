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

/** Recalls of which nothing is left. */
const EMPTY_RECALLS = `
  DELETE FROM recall r WHERE r.id < $1 AND r.status = 'finished'
    AND NOT EXISTS (SELECT FROM recall_item i WHERE i.recall_id = r.id)`;

/** Drops whole months once they are old enough and nothing in them is open. */
@Injectable()
export class MonthDropStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The months that ended before `before`, oldest first. */
  async listExpired(before: Date): Promise<readonly PartitionMonth[]> {
    return (await listMonths(this.database)).filter(({ endsAt }) => endsAt <= before);
  }

  /** In one transaction; never waits for its locks longer than two seconds, since everybody else would wait behind it. */
  async drop(month: PartitionMonth): Promise<DropOutcome> {
    try {
      return await this.database.transaction((sql) => this.dropIn(month, sql), { lockTimeoutMs: 2_000 });
    } catch (error) {
      if (isLockTimeout(error)) return 'busy';
      throw error;
    }
  }

  private async dropIn(month: PartitionMonth, sql: Sql): Promise<DropOutcome> {
    const [held] = await sql.query<{ held: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtext('hongyan.retention')) AS held`,
    );
    if (!held?.held) return 'busy';
    if (await this.hasOpen(month, sql)) return 'open';
    // Nobody opens anything between the last look and the end.
    await sql.query(`LOCK TABLE message_${month.name}, delivery_${month.name} IN ACCESS EXCLUSIVE MODE`);
    if (await this.hasOpen(month, sql)) return 'open';
    await dropMonth(sql, month);
    await sql.query('DELETE FROM recall_item WHERE message_id >= $1 AND message_id < $2', [month.fromId, month.toId]);
    await sql.query('DELETE FROM receipt_poll WHERE message_id >= $1 AND message_id < $2', [month.fromId, month.toId]);
    await sql.query('DELETE FROM content_purge WHERE month = $1', [month.name]);
    await sql.query(EMPTY_RECALLS, [month.toId]);
    return 'dropped';
  }

  private async hasOpen({ fromId, toId }: PartitionMonth, sql: Sql): Promise<boolean> {
    const [row] = await sql.query<{ open: boolean }>(HAS_OPEN, [fromId, toId]);
    return row?.open ?? false;
  }
}
