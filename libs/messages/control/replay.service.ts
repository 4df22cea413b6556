import { Inject, Injectable } from '@nestjs/common';
import { ConflictError } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import { FINAL_RECIPIENT_STATUSES, type FinalRecipientStatus } from '../states.js';
import { counterColumn } from '../message-status.js';
import { EventStore } from './event.store.js';

export interface ReplayRequest {
  readonly messageId: string;
  /** Also send again to people who may have it already. */
  readonly includeUnknown: boolean;
  readonly deliveryNo?: number;
  readonly actor: string;
}

/** Recipients in these states can be sent to again. */
export const REPLAYABLE: readonly FinalRecipientStatus[] = ['failed', 'expired', 'canceled'];
const DEFAULT_TTL_SECONDS = 86_400;

/** One new delivery for every old one that has rows to move; numbers follow the message's last. */
const ADD_DELIVERIES = `
  INSERT INTO delivery (message_id, no, kind, route_no, channel, account, caller_id, priority, params, resend_budget,
    expire_at, publish_at, fallback, created_at, updated_at)
  SELECT d.message_id, last.no + row_number() OVER (ORDER BY d.no), 'replay', d.route_no, d.channel, d.account,
    d.caller_id, d.priority, d.params, d.resend_budget, now() + $4 * interval '1 s', now(), d.fallback,
    now(), now()
  FROM delivery d, (SELECT max(no) AS no FROM delivery WHERE message_id = $1) last
  WHERE d.message_id = $1 AND ($3::int IS NULL OR d.no = $3)
    AND EXISTS (SELECT FROM recipient r
                WHERE r.message_id = $1 AND r.delivery_no = d.no AND r.status = ANY ($2::text[]))
  ORDER BY d.no
  RETURNING no`;

const MOVE_ROWS = `
  WITH moved AS (
    SELECT r.row_no, r.status, k.new_no FROM recipient r
    JOIN unnest($3::int[], $4::int[]) AS k (old_no, new_no) ON k.old_no = r.delivery_no
    WHERE r.message_id = $1 AND r.status = ANY ($2::text[]) FOR UPDATE OF r
  ), updated AS (
    UPDATE recipient r SET status = 'pending', reason = NULL, delivery_no = moved.new_no, updated_at = now()
    FROM moved WHERE r.message_id = $1 AND r.row_no = moved.row_no
    RETURNING moved.status
  )
  UPDATE message m SET status = 'accepted', reason = NULL, updated_at = now(), open_rows = m.open_rows + n.total,
    delivery_count = m.delivery_count + cardinality($3::int[]),
    ${FINAL_RECIPIENT_STATUSES.map((s) => `${counterColumn(s)} = m.${counterColumn(s)} - n.${counterColumn(s)}`).join(', ')}
  FROM (SELECT count(*)::int AS total,
        ${FINAL_RECIPIENT_STATUSES.map((s) => `(count(*) FILTER (WHERE status = '${s}'))::int AS ${counterColumn(s)}`).join(', ')}
        FROM updated) n
  WHERE m.id = $1
  RETURNING n.total`;

/** Sends again to those who did not get a message. A replay never reopens a delivery, it adds one. */
@Injectable()
export class ReplayService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EventStore) private readonly events: EventStore,
  ) {}

  /**
   * Answers how many recipients are on their way again.
   * @throws ConflictError `not_replayable` when nobody is left to send to, `recalled` after a recall
   */
  async replay(request: ReplayRequest): Promise<number> {
    return this.database.transaction((sql) => this.replayIn(request, sql));
  }

  async replayIn(request: ReplayRequest, sql: Sql): Promise<number> {
    const { actor, deliveryNo, messageId } = request;
    const statuses = request.includeUnknown ? [...REPLAYABLE, 'unknown'] : [...REPLAYABLE];
    const ttlSeconds = await this.lock(messageId, sql);
    const old = await sql.query<{ no: number }>(
      `SELECT DISTINCT delivery_no AS no FROM recipient
       WHERE message_id = $1 AND status = ANY ($2::text[]) AND ($3::int IS NULL OR delivery_no = $3) ORDER BY 1`,
      [messageId, statuses, deliveryNo ?? null],
    );
    if (old.length === 0) throw new ConflictError('not_replayable', 'The message has nobody left to send to');
    const added = await sql.query<{ no: number }>(ADD_DELIVERIES, [
      messageId,
      statuses,
      deliveryNo ?? null,
      ttlSeconds,
    ]);
    const oldNos = old.map((row) => row.no);
    const newNos = added.map((row) => row.no).sort((a, b) => a - b);
    const [moved] = await sql.query<{ total: number }>(MOVE_ROWS, [messageId, statuses, oldNos, newNos]);
    await this.events.record({ messageId, event: 'replayed', data: { actor, deliveries: newNos } }, sql);
    return moved?.total ?? 0;
  }

  /** Locks the message; answers its original time to live. */
  private async lock(messageId: string, sql: Sql): Promise<number> {
    const [row] = await sql.query<{ recalled: boolean; purged: boolean; digest: boolean; ttl: number }>(
      `SELECT recall_requested_at IS NOT NULL AS recalled, content_purged_at IS NOT NULL AS purged,
              EXISTS (SELECT FROM delivery WHERE message_id = $1 AND kind = 'digest') AS digest,
              extract(epoch FROM expire_at - coalesce(send_at, created_at))::int AS ttl
       FROM message WHERE id = $1 FOR UPDATE`,
      [messageId],
    );
    if (row?.recalled) throw new ConflictError('recalled', 'A recalled message is not sent again');
    if (row?.digest) throw new ConflictError('not_replayable', 'Send the messages again that the digest carried');
    if (row?.purged) throw new ConflictError('not_replayable', 'The content of the message is not kept any more');
    return Math.max(row?.ttl ?? DEFAULT_TTL_SECONDS, 60);
  }
}
