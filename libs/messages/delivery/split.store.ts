import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import type { HeldDelivery } from './claim.store.js';

/** Recipients of a delivery that cannot travel with the others now. */
export interface Split {
  readonly delivery: HeldDelivery;
  readonly rowNos: readonly number[];
  /** Why they wait. */
  readonly reason: string;
  readonly dueAt: Date;
}

/** Same lock order as a replay: the message first, so that numbers are given out one at a time. */
const LOCK = `
  SELECT m.id FROM message m WHERE m.id = $1 AND m.recall_requested_at IS NULL FOR UPDATE`;

const HELD = `
  SELECT no FROM delivery
  WHERE message_id = $1 AND no = $2 AND fence = $3 AND status = 'sending' AND recall_requested_at IS NULL FOR UPDATE`;

const SPLIT = `
  WITH last AS (SELECT max(no) AS no FROM delivery WHERE message_id = $1),
  sibling AS (
    INSERT INTO delivery (message_id, no, kind, route_no, channel, account, caller_id, status, reason, priority, params,
      resend_budget, expire_at, next_attempt_at, publish_at, fallback, fallback_at, skips, created_at, updated_at)
    SELECT d.message_id, last.no + 1, 'split', d.route_no, d.channel, d.account, d.caller_id, 'scheduled', $4, d.priority,
      d.params, d.resend_budget, d.expire_at, $5::timestamptz, $5::timestamptz, d.fallback, d.fallback_at,
      d.skips, now(), now()
    FROM delivery d, last WHERE d.message_id = $1 AND d.no = $2
    RETURNING no
  ), moved AS (
    UPDATE recipient r SET delivery_no = sibling.no, updated_at = now() FROM sibling
    WHERE r.message_id = $1 AND r.delivery_no = $2 AND r.row_no = ANY ($3::int[]) AND r.status = 'pending'
    RETURNING r.row_no
  ), counted AS (
    UPDATE message SET delivery_count = delivery_count + 1, updated_at = now() WHERE id = $1
  ), told AS (
    INSERT INTO event (message_id, id, at, event, delivery_no, reason, data)
    SELECT $1, gen_random_uuid(), now(), 'split', $2, $4,
      jsonb_build_object('count', (SELECT count(*) FROM moved), 'sibling', no) FROM sibling
  )
  SELECT no FROM sibling`;

/** Moves recipients that have to wait to a sibling of their delivery, so that the others leave now. */
@Injectable()
export class SplitStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * One transaction under the fence: the sibling, its recipients, the message's count. Answers the sibling's number,
   * or undefined when the delivery is no longer held or a recall was asked for: then nothing has moved.
   */
  async split({ delivery, dueAt, reason, rowNos }: Split): Promise<number | undefined> {
    const { fence, messageId, no } = delivery;
    return this.database.transaction(async (sql) => {
      const locked = await sql.query(LOCK, [messageId]);
      const held = await sql.query(HELD, [messageId, no, fence]);
      if (locked.length === 0 || held.length === 0) return undefined;
      const values = [messageId, no, rowNos, reason, dueAt.toISOString()];
      const [sibling] = await sql.query<{ no: number }>(SPLIT, values);
      return sibling?.no;
    });
  }
}
