import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import type { Correction } from './recall.js';
import { NEEDS_CORRECTION, recallStatusSql } from './recall.sql.js';

/** A delivery that could not be taken back, and what is to be sent after it. */
export interface DueCorrection {
  readonly recallId: string;
  readonly callerId: string;
  readonly correction: Correction;
  readonly messageId: string;
  readonly deliveryNo: number;
  readonly channel: string;
  readonly account: string;
  /** Another account of the same code is not the one that sent it. */
  readonly accountGone: boolean;
  /** Everybody for whom the message may still be there. */
  readonly recipients: readonly { readonly type: string; readonly id: string }[];
}

export type CorrectionOutcome =
  { readonly status: 'sent'; readonly messageId: string } | { readonly status: 'failed'; readonly reason: string };

interface DueRow {
  readonly recall_id: string;
  readonly caller_id: string;
  readonly correction: Correction;
  readonly message_id: string;
  readonly delivery_no: number;
  readonly channel: string;
  readonly account: string;
  readonly account_gone: boolean;
  readonly recipients: { readonly type: string; readonly id: string }[] | null;
}

/** Takes due corrections for half a minute; should the process die, they are due again. */
const TAKE = `
  WITH due AS (
    UPDATE recall_item i SET correction_due_at = now() + interval '30 seconds'
    FROM (SELECT recall_id, message_id, delivery_no FROM recall_item
          WHERE correction = 'due' AND correction_due_at <= now()
          ORDER BY correction_due_at LIMIT $1 FOR UPDATE SKIP LOCKED) t
    WHERE i.recall_id = t.recall_id AND i.message_id = t.message_id AND i.delivery_no = t.delivery_no
    RETURNING i.recall_id, i.message_id, i.delivery_no
  )
  SELECT due.recall_id, due.message_id, due.delivery_no, r.caller_id, r.correction, d.channel, d.account,
    a.code IS NULL AS account_gone,
    (SELECT json_agg(json_build_object('type', p.addressee_type, 'id', p.addressee_id) ORDER BY p.row_no)
     FROM recipient p WHERE p.message_id = due.message_id AND p.delivery_no = due.delivery_no
       AND p.recall_status IN ${NEEDS_CORRECTION}) AS recipients
  FROM due JOIN recall r ON r.id = due.recall_id
  JOIN delivery d ON d.message_id = due.message_id AND d.no = due.delivery_no
  LEFT JOIN account a ON a.code = d.account AND a.created_at <= d.created_at`;

const FINISH = `
  WITH ended AS (
    UPDATE recall_item SET correction = $4, correction_message_id = $5, correction_reason = $6, updated_at = now()
    WHERE recall_id = $1 AND message_id = $2 AND delivery_no = $3 AND correction = 'due'
    RETURNING recall_id, message_id, delivery_no
  ), told AS (
    INSERT INTO event (message_id, id, at, event, delivery_no, reason, data)
    SELECT message_id, gen_random_uuid(), now(), CASE WHEN $4 = 'sent' THEN 'corrected' ELSE 'correction_failed' END,
      delivery_no, $6, jsonb_strip_nulls(jsonb_build_object('messageId', $5::uuid)) FROM ended
  )
  UPDATE recall SET open_corrections = open_corrections - 1, n_corrected = n_corrected + ($4 = 'sent')::int,
    n_correction_failed = n_correction_failed + ($4 = 'failed')::int,
    ${recallStatusSql('open_items', 'open_corrections - 1', 'scan')}
  FROM ended WHERE id = ended.recall_id`;

/** Corrections that recalls owe. */
@Injectable()
export class CorrectionStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async takeDue(limit: number): Promise<readonly DueCorrection[]> {
    const rows = await this.database.query<DueRow>(TAKE, [limit]);
    return rows.map((row) => ({
      recallId: row.recall_id,
      callerId: row.caller_id,
      correction: row.correction,
      messageId: row.message_id,
      deliveryNo: row.delivery_no,
      channel: row.channel,
      account: row.account,
      accountGone: row.account_gone,
      recipients: row.recipients ?? [],
    }));
  }

  async finish({ deliveryNo, messageId, recallId }: DueCorrection, outcome: CorrectionOutcome): Promise<void> {
    const sent = outcome.status === 'sent' ? outcome.messageId : null;
    const reason = outcome.status === 'failed' ? outcome.reason : null;
    await this.database.query(FINISH, [recallId, messageId, deliveryNo, outcome.status, sent, reason]);
  }
}
