import { Inject, Injectable } from '@nestjs/common';
import { NotFoundError } from '#libs/core';
import { Database, UnnestTable, type Sql } from '#libs/database';
import type { PublishRef } from '#libs/queue';
import { TAKE_DUE } from './due-items.sql.js';
import { CANDIDATES, toCandidate, type CandidateRow } from './recall-candidate.sql.js';
import { NEEDS_CORRECTION, recallStatusSql } from './recall.sql.js';
import type { Correction, Recall, RecallCandidate, RecallItemPlan, RecallResult, RecallSelector } from './recall.js';

interface RecallRow {
  readonly id: string;
  readonly caller_id: string;
  readonly key_name: string;
  readonly selector: RecallSelector;
  readonly status: 'running' | 'finished';
  readonly note: string | null;
  readonly item_count: number;
  readonly open_items: number;
  readonly n_canceled: number;
  readonly n_recalled: number;
  readonly n_failed: number;
  readonly n_uncertain: number;
  readonly scan: string | null;
  readonly message_count: number;
  readonly correction: Correction | null;
  readonly open_corrections: number;
  readonly n_corrected: number;
  readonly n_correction_failed: number;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

export interface NewRecall {
  readonly id: string;
  readonly callerId: string;
  readonly keyName: string;
  readonly selector: RecallSelector;
  readonly note?: string;
  readonly correction?: Correction;
}

/** Recipients by message and row, those of the given results only. */
export interface ResultsPage {
  readonly after?: { readonly messageId: string; readonly rowNo: number };
  readonly limit: number;
  readonly statuses?: readonly string[];
}

const items = new UnnestTable<RecallItemPlan>('i', {
  message_id: ['uuid', (item) => item.messageId],
  no: ['integer', (item) => item.no],
  status: ['text', (item) => item.status],
  reason: ['text', (item) => item.reason],
});

const ADD_ITEMS = `
  WITH added AS (
    INSERT INTO recall_item (recall_id, message_id, delivery_no, account, status, reason, publish_at, correction, correction_due_at)
    SELECT $1, i.message_id, i.no, coalesce(d.account, ''), i.status, i.reason, now(),
      CASE WHEN r.correction IS NOT NULL AND i.status IN ${NEEDS_CORRECTION} THEN 'due' END, now()
    FROM ${items.from(3)} LEFT JOIN delivery d ON d.message_id = i.message_id AND d.no = i.no,
      (SELECT correction FROM recall WHERE id = $1) r
    RETURNING message_id, delivery_no, status, reason, correction
  ), rows AS (
    UPDATE recipient r SET recall_reason = added.reason,
      recall_status = CASE added.status WHEN 'waiting' THEN 'requested' WHEN 'canceled' THEN NULL ELSE added.status END
    FROM added
    WHERE r.message_id = added.message_id AND r.delivery_no = added.delivery_no
      AND r.status IN ('pending', 'sent', 'delivered', 'read', 'unknown')
  ), deliveries AS (
    UPDATE delivery d SET recall = jsonb_strip_nulls(jsonb_build_object('reason', added.reason, 'recallId', $1::uuid,
      'status', CASE added.status WHEN 'waiting' THEN 'requested' ELSE added.status END))
    FROM added
    WHERE added.status <> 'canceled' AND d.message_id = added.message_id AND d.no = added.delivery_no
  )
  UPDATE recall SET item_count = item_count + n.total, message_count = message_count + $2,
    open_items = open_items + n.open, n_canceled = n_canceled + n.canceled, n_failed = n_failed + n.failed,
    n_uncertain = n_uncertain + n.uncertain, open_corrections = open_corrections + n.corrections,
    ${recallStatusSql('open_items + n.open', 'open_corrections + n.corrections', 'scan')}
  FROM (SELECT count(*)::int AS total, (count(*) FILTER (WHERE status = 'waiting'))::int AS open,
          (count(*) FILTER (WHERE status = 'canceled'))::int AS canceled,
          (count(*) FILTER (WHERE status = 'failed'))::int AS failed,
          (count(*) FILTER (WHERE status = 'uncertain'))::int AS uncertain,
          count(correction)::int AS corrections FROM added) n
  WHERE id = $1 RETURNING recall.*`;

/** Recalls and their items. */
@Injectable()
export class RecallStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Locks the messages and marks them: from now on nothing of them is claimed, split or replayed. */
  async markMessages(recallId: string, messageIds: readonly string[], sql: Sql): Promise<void> {
    await sql.query(
      `UPDATE message SET recall_requested_at = coalesce(recall_requested_at, now()),
         recall_id = coalesce(recall_id, $1) WHERE id = ANY ($2::uuid[])`,
      [recallId, messageIds],
    );
    // All that are open, not only those in flight: a concurrent claim or outcome may be between two of these states.
    await sql.query(
      `UPDATE delivery SET recall_requested_at = now()
       WHERE message_id = ANY ($1::uuid[]) AND status IN ('accepted', 'scheduled', 'sending')`,
      [messageIds],
    );
  }

  /** Ids of the recalls that the messages have already. Deliveries are locked first, as every other statement does. */
  async lockMessages(messageIds: readonly string[], sql: Sql): Promise<ReadonlyMap<string, string | null>> {
    await sql.query('SELECT FROM delivery WHERE message_id = ANY ($1::uuid[]) ORDER BY message_id, no FOR UPDATE', [
      messageIds,
    ]);
    const rows = await sql.query<{ id: string; recall_id: string | null }>(
      'SELECT id, recall_id FROM message WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE',
      [messageIds],
    );
    return new Map(rows.map((row) => [row.id, row.recall_id]));
  }

  async listCandidates(messageIds: readonly string[], sql: Sql = this.database): Promise<readonly RecallCandidate[]> {
    const rows = await sql.query<CandidateRow>(CANDIDATES, [messageIds]);
    return rows.map(toCandidate);
  }

  async create({ callerId, correction, id, keyName, note, selector }: NewRecall, sql: Sql): Promise<void> {
    await sql.query(
      `INSERT INTO recall (id, caller_id, key_name, selector, note, correction) VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, callerId, keyName, JSON.stringify(selector), note ?? null, correction ? JSON.stringify(correction) : null],
    );
  }

  /** Adds what is to be done about the deliveries of further messages. */
  async addItems(recallId: string, messages: number, plans: readonly RecallItemPlan[], sql: Sql): Promise<Recall> {
    const [row] = await sql.query<RecallRow>(ADD_ITEMS, [recallId, messages, ...items.values(plans)]);
    if (!row) throw new TypeError('A recall without a row');
    return toRecall(row);
  }

  async find(id: string): Promise<Recall | undefined> {
    const [row] = await this.database.query<RecallRow>('SELECT * FROM recall WHERE id = $1', [id]);
    return row && toRecall(row);
  }

  /** As far as a recall is about one message: what its owner may know of somebody else's recall of many. */
  async aboutMessage(recall: Recall, messageId: string): Promise<Recall> {
    const rows = await this.database.query<{ status: string; count: number }>(
      `SELECT status, count(*)::int AS count FROM recall_item WHERE recall_id = $1 AND message_id = $2 GROUP BY status`,
      [recall.id, messageId],
    );
    const of = (status: string): number => rows.find((row) => row.status === status)?.count ?? 0;
    const openItems = of('waiting') + of('running');
    const { callerId, createdAt, id } = recall;
    return {
      id,
      callerId,
      createdAt,
      selector: { messageIds: [messageId] },
      status: openItems === 0 ? 'finished' : 'running',
      isSelecting: false,
      messageCount: 1,
      itemCount: rows.reduce((total, { count }) => total + count, 0),
      openItems,
      counts: { canceled: of('canceled'), recalled: of('recalled'), failed: of('failed'), uncertain: of('uncertain') },
    };
  }

  /** A recall that is known to be there. */
  async get(id: string): Promise<Recall> {
    const recall = await this.find(id);
    if (!recall) throw new NotFoundError('There is no such recall');
    return recall;
  }

  /** Newest first; `callerId` narrows to one caller, `before` continues after an id. */
  async list(filter: { callerId?: string; before?: string; limit: number }): Promise<readonly Recall[]> {
    const rows = await this.database.query<RecallRow>(
      `SELECT * FROM recall WHERE ($1::uuid IS NULL OR caller_id = $1) AND ($2::uuid IS NULL OR id < $2)
       ORDER BY id DESC LIMIT $3`,
      [filter.callerId ?? null, filter.before ?? null, filter.limit],
    );
    return rows.map(toRecall);
  }

  /** What became of each recipient, by message and row. */
  async listResults(recallId: string, page: ResultsPage): Promise<readonly RecallResult[]> {
    const rows = await this.database.query<{
      message_id: string;
      delivery_no: number;
      row_no: number;
      ref: string;
      status: string;
      reason: string | null;
      correction: 'due' | 'sent' | 'failed' | null;
      correction_message_id: string | null;
      correction_reason: string | null;
    }>(
      `SELECT i.message_id, i.delivery_no, r.row_no, r.ref, i.status, i.reason, i.correction, i.correction_message_id,
         i.correction_reason
       FROM recall_item i JOIN recipient r ON r.message_id = i.message_id AND r.delivery_no = i.delivery_no
       WHERE i.recall_id = $1 AND ($2::uuid IS NULL OR (i.message_id, r.row_no) > ($2, $3))
         AND ($5::text[] IS NULL OR i.status = ANY($5))
       ORDER BY i.message_id, r.row_no LIMIT $4`,
      [recallId, page.after?.messageId ?? null, page.after?.rowNo ?? 0, page.limit, page.statuses ?? null],
    );
    return rows.map((row) => ({
      messageId: row.message_id,
      deliveryNo: row.delivery_no,
      rowNo: row.row_no,
      recipient: row.ref,
      status: row.status,
      ...(row.reason !== null && { reason: row.reason }),
      ...(row.correction !== null && {
        correction: {
          status: row.correction,
          ...(row.correction_message_id !== null && { messageId: row.correction_message_id }),
          ...(row.correction_reason !== null && { reason: row.correction_reason }),
        },
      }),
    }));
  }

  /** Items whose job is due or lost. */
  async takeDue(limit: number): Promise<readonly PublishRef[]> {
    const rows = await this.database.query<{
      recall_id: string;
      message_id: string;
      delivery_no: number;
      fence: number;
      publish_no: number;
    }>(TAKE_DUE, [limit]);
    return rows.map((row) => ({
      recallId: row.recall_id,
      messageId: row.message_id,
      deliveryNo: row.delivery_no,
      fence: row.fence,
      publishNo: row.publish_no,
      priority: 'high',
    }));
  }
}

const toRecall = (row: RecallRow): Recall => ({
  id: row.id,
  callerId: row.caller_id,
  actor: row.key_name,
  selector: row.selector,
  status: row.status,
  isSelecting: row.scan !== null,
  messageCount: row.message_count,
  itemCount: row.item_count,
  openItems: row.open_items,
  counts: {
    canceled: row.n_canceled,
    recalled: row.n_recalled,
    failed: row.n_failed,
    uncertain: row.n_uncertain,
  },
  createdAt: row.created_at,
  ...(row.correction && {
    corrections: { open: row.open_corrections, sent: row.n_corrected, failed: row.n_correction_failed },
  }),
  ...(row.note !== null && { note: row.note }),
  ...(row.finished_at && { finishedAt: row.finished_at }),
});
