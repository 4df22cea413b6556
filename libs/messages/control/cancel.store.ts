import { Inject, Injectable } from '@nestjs/common';
import { Database, type Sql } from '#libs/database';
import { DigestStore } from '../digest/digest.store.js';
import { messageDeltaSql } from '../message-status.js';
import { MAY_HAVE_ARRIVED, UNCLEAR_REASON } from '../unclear.sql.js';

export type CancelReason = 'canceled_by_caller' | 'canceled_by_operator' | 'canceled_by_recall';

/**
 * Ends every waiting delivery of some messages; what is being sent, alone or in a digest, or has ended is left alone. A delivery that waits
 * for a repetition may have arrived already: it ends as unknown, not as canceled.
 */
const CANCEL = `
  WITH ended AS (
    UPDATE delivery d SET status = CASE WHEN ${MAY_HAVE_ARRIVED} THEN 'unknown' ELSE 'canceled' END,
      reason = CASE WHEN ${MAY_HAVE_ARRIVED} THEN ${UNCLEAR_REASON} ELSE $2 END,
      next_attempt_at = NULL, updated_at = now()
    WHERE d.message_id = ANY ($1::uuid[]) AND d.status IN ('accepted', 'scheduled')
      AND d.merged_into IS NULL
    RETURNING d.message_id, d.no, d.status, d.reason
  ), rows AS (
    UPDATE recipient r SET status = e.status, reason = e.reason, updated_at = now()
    FROM ended e WHERE r.message_id = e.message_id AND r.delivery_no = e.no AND r.status = 'pending'
    RETURNING r.message_id, r.status, r.reason
  ), delta AS (
    SELECT message_id, count(*)::int AS n, max(reason) AS reason,
      (count(*) FILTER (WHERE status = 'canceled'))::int AS n_canceled,
      (count(*) FILTER (WHERE status = 'unknown'))::int AS n_unknown FROM rows GROUP BY message_id),
  counted AS (
    UPDATE message m SET
    ${messageDeltaSql('m', (status) => (status === 'canceled' || status === 'unknown' ? `delta.n_${status}` : '0'), 'delta.n', 'delta.reason')}
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
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DigestStore) private readonly digests: DigestStore,
  ) {}

  /**
   * What is in a digest that nobody has claimed yet is taken out of it; a digest that is empty then ends as well.
   * @param sql a transaction that is under way; absent: one of its own
   */
  async cancelWaiting(
    messageIds: readonly string[],
    reason: CancelReason,
    sql?: Sql,
  ): Promise<readonly CanceledDelivery[]> {
    if (!sql) return this.database.transaction((own) => this.cancelWaiting(messageIds, reason, own));
    const emptied = await this.digests.takeOut(messageIds, sql);
    const ids = [...messageIds, ...emptied];
    const rows = await sql.query<{ message_id: string; no: number }>(CANCEL, [ids, reason]);
    const wanted = new Set(messageIds);
    return rows.filter((row) => wanted.has(row.message_id)).map((row) => ({ messageId: row.message_id, no: row.no }));
  }
}
