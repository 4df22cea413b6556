import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from '#libs/core';
import { Database, jsonText } from '#libs/database';
import { LEASE_MS } from '../delivery/claimed-delivery.js';
import { messageDeltaSql } from '../message-status.js';

import { statesBefore, type FinalRecipientStatus } from '../states.js';
import { CONFIRMED_BY_DUPLICATE, NEEDS_CORRECTION, recallStatusSql } from './recall.sql.js';

/** A recall item held by this process, with what its delivery looks like now. */
export interface ClaimedRecallItem {
  readonly recallId: string;
  readonly messageId: string;
  readonly no: number;
  readonly fence: number;
  readonly attempts: number;
  readonly channel: string;
  readonly account: string;
  readonly deliveryStatus: string;
  readonly sentAt?: Date;
  readonly providerMsgIds: readonly string[];
  /** Attempts that may have arrived and left no id: a success cannot be claimed. */
  readonly untraceable: number;
  readonly addressees: readonly string[];
}

export interface RecallItemOutcome {
  readonly item: Pick<ClaimedRecallItem, 'recallId' | 'messageId' | 'no' | 'fence'>;
  readonly status: 'waiting' | 'canceled' | 'recalled' | 'failed' | 'uncertain';
  readonly reason?: string;
  /** `waiting` only. */
  readonly waitMs?: number;
  /** Whether the vendor was asked. */
  readonly counts: boolean;
  readonly error?: JsonObject;
  /** Where the vendor stops what is left only: who has the message and keeps it, as `<type> <vendor's id>`. The others are `recalled`. */
  readonly kept?: readonly string[];
}

interface ItemRow {
  readonly fence: number;
  readonly attempts: number;
  readonly channel: string;
  readonly account: string;
  readonly status: string;
  readonly sent_at: Date | null;
  readonly provider_msg_ids: string[];
  readonly untraceable: number;
  readonly addressees: string[] | null;
}

const CLAIM = `
  WITH claimed AS (
    UPDATE recall_item SET status = 'running', fence = fence + 1, updated_at = now(),
      lease_until = now() + interval '${LEASE_MS} milliseconds'
    WHERE recall_id = $1 AND message_id = $2 AND delivery_no = $3
      AND (status = 'waiting' OR (status = 'running' AND lease_until < now()))
    RETURNING message_id, delivery_no, fence, attempts
  )
  SELECT c.fence, c.attempts, d.channel, d.account, d.status,
    -- Of a delivery that nobody knows to be sent the last call tells when the vendor's window began.
    coalesce(d.sent_at, (SELECT max(t.started_at) FROM attempt t
                         WHERE t.message_id = d.message_id AND t.delivery_no = d.no)) AS sent_at,
    ARRAY(SELECT DISTINCT x.id FROM (
      SELECT d.provider_msg_id AS id UNION ALL
      SELECT t.provider_msg_id FROM attempt t WHERE t.message_id = d.message_id AND t.delivery_no = d.no) x
      WHERE x.id IS NOT NULL) AS provider_msg_ids,
    (SELECT count(*)::int FROM attempt t WHERE t.message_id = d.message_id AND t.delivery_no = d.no
       AND t.outcome = 'unknown' AND t.provider_msg_id IS NULL) + ${CONFIRMED_BY_DUPLICATE}::int AS untraceable,
    (SELECT t.addressees FROM attempt t WHERE t.message_id = d.message_id AND t.delivery_no = d.no
       AND t.addressees IS NOT NULL ORDER BY t.no DESC LIMIT 1) AS addressees
  FROM claimed c JOIN delivery d ON d.message_id = c.message_id AND d.no = c.delivery_no`;

const RECALLED_FROM: readonly FinalRecipientStatus[] = ['sent', 'delivered', 'read', 'unknown'];
/** They have turned out to be reached. */
const DELIVERED_FROM: readonly FinalRecipientStatus[] = ['sent', 'unknown'];
const listed = (statuses: readonly FinalRecipientStatus[]): string =>
  statuses.map((status) => `'${status}'`).join(', ');
const fromList = listed(RECALLED_FROM);
/** A person may have settled the delivery while the vendor was asked. */
const recallable = statesBefore('recalled')
  .map((status) => `'${status}'`)
  .join(', ');

/** Who keeps it, by what the vendor was told; only a recall that the vendor has carried out names anybody. */
const IS_KEPT = `coalesce((CASE WHEN r.provider_user_id IS NULL AND r.addressee_type IN ('department', 'tag', 'all')
    THEN r.addressee_type ELSE 'user' END || ' ' || coalesce(r.provider_user_id, r.addressee_id)) = ANY ($10::text[]), false)`;

const MOVES: readonly FinalRecipientStatus[] = ['sent', 'delivered', 'read', 'unknown', 'recalled'];
const change = (status: FinalRecipientStatus): string => (MOVES.includes(status) ? `delta.n_${status}` : '0');
const changed = (status: FinalRecipientStatus): string =>
  `(count(*) FILTER (WHERE became = '${status}') - count(*) FILTER (WHERE was = '${status}'))::int AS n_${status}`;

/** Item, delivery, recipients, message counters and the recall's totals in one statement, under the item's fence. */
const FINISH = `
  WITH ended AS (
    UPDATE recall_item SET status = $5, reason = $6, error = $9, lease_until = NULL, updated_at = now(),
      publish_at = now() + coalesce($7::float8, 0) * interval '1 ms', attempts = attempts + $8::int,
      correction = CASE WHEN $5 IN ${NEEDS_CORRECTION} AND $6 IS DISTINCT FROM 'nothing_to_recall'
                         AND (SELECT r.correction IS NOT NULL FROM recall r WHERE r.id = $1) THEN 'due' END,
      correction_due_at = now()
    WHERE recall_id = $1 AND message_id = $2 AND delivery_no = $3 AND fence = $4 AND status = 'running'
    RETURNING recall_id, message_id, delivery_no, status, (correction IS NOT NULL)::int AS corrections
  ), before AS (
    SELECT r.row_no, r.status, ${IS_KEPT} AS is_kept FROM recipient r JOIN ended e ON e.message_id = r.message_id AND e.delivery_no = r.delivery_no
    WHERE $5 <> 'waiting' AND r.status IN (${fromList}) FOR UPDATE OF r
  ), rows AS (
    UPDATE recipient r SET updated_at = now(),
      status = CASE WHEN b.is_kept AND b.status IN (${listed(DELIVERED_FROM)}) THEN 'delivered'
                    WHEN b.is_kept THEN b.status
                    WHEN $5 = 'recalled' OR $10::text[] IS NOT NULL THEN 'recalled' ELSE r.status END,
      reason = CASE WHEN $10::text[] IS NULL THEN r.reason END,
      delivered_at = CASE WHEN b.is_kept THEN coalesce(r.delivered_at, now()) ELSE r.delivered_at END,
      recall_status = CASE WHEN $5 = 'canceled' THEN NULL WHEN b.is_kept THEN 'failed'
                           WHEN $10::text[] IS NOT NULL THEN 'recalled' ELSE $5 END,
      recall_reason = CASE WHEN $10::text[] IS NULL OR b.is_kept THEN $6 END
    FROM before b WHERE r.message_id = $2 AND r.row_no = b.row_no
    RETURNING r.message_id, b.status AS was, r.status AS became
  ), taken_back AS (
    UPDATE delivery d SET updated_at = now(),
      status = CASE WHEN $5 = 'recalled' AND d.status IN (${recallable}) THEN 'recalled' ELSE d.status END,
      recall = jsonb_strip_nulls(jsonb_build_object('status', $5::text, 'reason', $6::text, 'recallId', $1::uuid))
    FROM ended e WHERE $5 <> 'waiting' AND d.message_id = e.message_id AND d.no = e.delivery_no
  ), delta AS (
    SELECT message_id, ${MOVES.map(changed).join(', ')} FROM rows WHERE was <> became GROUP BY message_id
  ), counted AS (
    UPDATE message m SET
    ${messageDeltaSql('m', change, '0', 'NULL')}
    FROM delta WHERE m.id = delta.message_id
  )
  UPDATE recall SET open_items = open_items - 1,
    n_canceled = n_canceled + ($5 = 'canceled')::int, n_recalled = n_recalled + ($5 = 'recalled')::int,
    n_failed = n_failed + ($5 = 'failed')::int, n_uncertain = n_uncertain + ($5 = 'uncertain')::int,
    open_corrections = open_corrections + ended.corrections,
    ${recallStatusSql('open_items - 1', 'open_corrections + ended.corrections', 'scan')}
  FROM ended WHERE id = ended.recall_id AND ended.status <> 'waiting'`;

/** The parts of recalls that have to ask a vendor. */
@Injectable()
export class RecallItemStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The item, or undefined when it has ended or is held by another process. */
  async claim(recallId: string, messageId: string, no: number): Promise<ClaimedRecallItem | undefined> {
    const [row] = await this.database.query<ItemRow>(CLAIM, [recallId, messageId, no]);
    return (
      row && {
        recallId,
        messageId,
        no,
        fence: row.fence,
        attempts: row.attempts,
        channel: row.channel,
        account: row.account,
        deliveryStatus: row.status,
        providerMsgIds: row.provider_msg_ids,
        untraceable: row.untraceable,
        addressees: row.addressees ?? [],
        ...(row.sent_at && { sentAt: row.sent_at }),
      }
    );
  }

  async finish({ counts, error, item, kept, reason, status, waitMs }: RecallItemOutcome): Promise<void> {
    const { fence, messageId, no, recallId } = item;
    const values = [recallId, messageId, no, fence, status, reason ?? null, waitMs ?? null, counts ? 1 : 0];
    await this.database.query(FINISH, [...values, jsonText(error), kept ?? null]);
  }
}
