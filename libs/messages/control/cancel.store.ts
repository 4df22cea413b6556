import { Inject, Injectable } from '@nestjs/common';
import { Database, type Sql } from '#libs/database';
import { messageDeltaSql } from '../message-status.js';

export type CancelReason = 'canceled_by_caller' | 'canceled_by_operator' | 'canceled_by_recall';

/** Ends every waiting delivery of some messages; what is being sent or has ended is left alone. */
const CANCEL = `
  WITH ended AS (
    UPDATE delivery d SET status = 'canceled', reason = $2, next_attempt_at = NULL, updated_at = now()
    WHERE d.message_id = ANY ($1::uuid[]) AND d.status IN ('accepted', 'scheduled')
    RETURNING d.message_id, d.no
  ), rows AS (
    UPDATE recipient r SET status = 'canceled', reason = $2, updated_at = now()
    FROM ended e WHERE r.message_id = e.message_id AND r.delivery_no = e.no AND r.status = 'pending'
    RETURNING r.message_id
  ), delta AS (SELECT message_id, count(*)::int AS n FROM rows GROUP BY message_id),
  counted AS (
    UPDATE message m SET
    ${messageDeltaSql('m', (status) => (status === 'canceled' ? 'delta.n' : '0'), 'delta.n', '$2')}
    FROM delta WHERE m.id = delta.message_id
  )
  SELECT message_id, no FROM ended`;

export interface CanceledDelivery {
  readonly messageId: string;
  readonly no: number;
}

/** Takes back what was not sent yet. Final when answered. */
@Injectable()
export class CancelStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async cancelWaiting(
    messageIds: readonly string[],
    reason: CancelReason,
    sql: Sql = this.database,
  ): Promise<readonly CanceledDelivery[]> {
    const rows = await sql.query<{ message_id: string; no: number }>(CANCEL, [messageIds, reason]);
    return rows.map((row) => ({ messageId: row.message_id, no: row.no }));
  }
}
