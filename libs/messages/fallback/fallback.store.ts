import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject } from '#libs/core';
import { Database, UnnestTable, jsonText, type Sql } from '#libs/database';
import { counterColumn } from '../message-status.js';
import { FINAL_RECIPIENT_STATUSES } from '../states.js';
import type { FallbackRoute } from './fallback-route.js';
import type { FallbackDelivery, FallbackRow, RedirectedRow } from './plan-fallback.js';

/** A delivery whose recipients may go on to later routes, locked together with its message. */
export interface FallbackState {
  readonly status: string;
  readonly later: readonly FallbackRoute[];
  /** Neither recalled nor out of time. */
  readonly isOpen: boolean;
  /** Since it was sent; undefined while it was not. */
  readonly sentForMs?: number;
  readonly rows: readonly FallbackRow[];
  /** Highest numbers in use. */
  readonly lastNo: number;
  readonly lastRowNo: number;
}

/** A delivery to add, with what the plan does not know. */
export interface AddedDelivery extends FallbackDelivery {
  readonly no: number;
  readonly resendBudget: number;
  /** When the sweep looks at it for its own fallback. */
  readonly lookAfterSeconds?: number;
}

export interface DueFallback {
  readonly messageId: string;
  readonly no: number;
  readonly template: string;
  readonly templateVersion: number;
}

interface PlacedRow extends RedirectedRow {
  readonly deliveryNo: number;
  readonly routeNo: number;
}

const deliveries = new UnnestTable<AddedDelivery>('k', {
  no: ['integer', (added) => added.no],
  route_no: ['smallint', (added) => added.route.no],
  channel: ['text', (added) => added.route.channel.name],
  account: ['text', (added) => added.account],
  pool: ['jsonb', (added) => jsonText(added.pool)],
  resend_budget: ['smallint', (added) => added.resendBudget],
  fallback: ['jsonb', (added) => (added.rest.length > 0 ? JSON.stringify(added.rest) : null)],
  look_seconds: ['integer', (added) => (added.rest.length > 0 ? added.lookAfterSeconds : undefined)],
});

const placedRows = new UnnestTable<PlacedRow>('k', {
  row_no: ['integer', (row) => row.rowNo],
  delivery_no: ['integer', (row) => row.deliveryNo],
  route_no: ['smallint', (row) => row.routeNo],
  addressee_type: ['text', (row) => row.addresseeType],
  addressee_id: ['text', (row) => row.addresseeId],
  detail: ['jsonb', (row) => jsonText(row.detail)],
});

const LOCK = `
  SELECT d.status, d.fallback, m.recall_requested_at IS NULL AND d.expire_at > now() AS is_open,
    extract(epoch FROM now() - d.sent_at) * 1000 AS sent_for_ms
  FROM delivery d JOIN message m ON m.id = d.message_id
  WHERE d.message_id = $1 AND d.no = $2 AND d.fallback IS NOT NULL FOR UPDATE OF d, m`;

/** A statement of its own: only what begins after the lock was had sees what the former holder has committed. */
const LAST_NUMBERS = `
  SELECT (SELECT max(no) FROM delivery WHERE message_id = $1) AS last_no,
    (SELECT max(row_no) FROM recipient WHERE message_id = $1) AS last_row_no`;

/** Rows that are not on a later route already: there is at most one of each addressee and route. */
const ROWS = `
  SELECT r.row_no, r.ref, r.addressee_type, r.addressee_id, r.status, r.reason, r.detail FROM recipient r
  WHERE r.message_id = $1 AND r.delivery_no = $2 AND NOT EXISTS (
    SELECT FROM recipient s WHERE s.message_id = r.message_id AND s.ref = r.ref AND s.route_no > r.route_no)
  ORDER BY r.row_no`;

const ADD = `
  INSERT INTO delivery (message_id, no, kind, route_no, channel, account, pool, caller_id, priority, params, resend_budget,
    expire_at, publish_at, fallback, fallback_at, created_at, updated_at)
  SELECT d.message_id, k.no, 'fallback', k.route_no, k.channel, k.account, k.pool, d.caller_id, d.priority, d.params,
    k.resend_budget, d.expire_at, now(), k.fallback, now() + k.look_seconds * interval '1 s', now(), now()
  FROM delivery d, ${deliveries.from(3)} WHERE d.message_id = $1 AND d.no = $2`;

const BACK_TO_OPEN = `status = 'accepted', reason = NULL, updated_at = now(), delivery_count = m.delivery_count + $2`;

/** The rows leave the state in which they ended: the message is open again. */
const MOVE = `
  WITH ended AS (
    SELECT r.row_no, r.status AS before, k.delivery_no, k.route_no, k.addressee_type, k.addressee_id, k.detail
    FROM recipient r JOIN ${placedRows.from(3)} ON k.row_no = r.row_no WHERE r.message_id = $1
  ), moved AS (
    UPDATE recipient r SET status = 'pending', reason = NULL, delivery_no = e.delivery_no, route_no = e.route_no,
      addressee_type = e.addressee_type, addressee_id = e.addressee_id, detail = e.detail, provider_user_id = NULL,
      updated_at = now()
    FROM ended e WHERE r.message_id = $1 AND r.row_no = e.row_no
    RETURNING e.before
  )
  UPDATE message m SET ${BACK_TO_OPEN}, open_rows = m.open_rows + n.total,
    ${FINAL_RECIPIENT_STATUSES.map((s) => `${counterColumn(s)} = m.${counterColumn(s)} - n.${s}`).join(', ')}
  FROM (SELECT count(*)::int AS total,
    ${FINAL_RECIPIENT_STATUSES.map((s) => `(count(*) FILTER (WHERE before = '${s}'))::int AS ${s}`).join(', ')}
    FROM moved) n
  WHERE m.id = $1`;

/** A second row for the same addressee: the first one stays where it is. */
const COPY = `
  WITH copied AS (
    INSERT INTO recipient (message_id, row_no, delivery_no, route_no, ref, addressee_type, addressee_id, detail,
      updated_at)
    SELECT $1, $3 + row_number() OVER (ORDER BY k.row_no), k.delivery_no, k.route_no, r.ref, k.addressee_type,
      k.addressee_id, k.detail, now()
    FROM ${placedRows.from(4)} JOIN recipient r ON r.message_id = $1 AND r.row_no = k.row_no
    RETURNING row_no
  )
  UPDATE message m SET ${BACK_TO_OPEN}, open_rows = m.open_rows + n.total, row_count = m.row_count + n.total
  FROM (SELECT count(*)::int AS total FROM copied) n WHERE m.id = $1`;

const placed = (added: readonly AddedDelivery[]): PlacedRow[] =>
  added.flatMap(({ no, route, rows }) => rows.map((row) => ({ ...row, deliveryNo: no, routeNo: route.no })));

interface StateRow {
  readonly status: string;
  readonly fallback: readonly FallbackRoute[];
  readonly is_open: boolean;
  readonly sent_for_ms: string | null;
}

interface NumbersRow {
  readonly last_no: number;
  readonly last_row_no: number;
}

interface RecipientRow {
  readonly row_no: number;
  readonly ref: string;
  readonly addressee_type: string;
  readonly addressee_id: string;
  readonly status: string;
  readonly reason: string | null;
  readonly detail: JsonObject | null;
}

/** The statements of a fallback; all but the first belong into one transaction. */
@Injectable()
export class FallbackStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  /** Deliveries that it is time to look at. */
  async listDue(limit: number): Promise<readonly DueFallback[]> {
    return this.database.query<DueFallback>(
      `SELECT d.message_id AS "messageId", d.no, m.template, m.template_version AS "templateVersion"
       FROM delivery d JOIN message m ON m.id = d.message_id
       WHERE d.fallback_at <= now() AND m.template IS NOT NULL ORDER BY d.fallback_at LIMIT $1`,
      [limit],
    );
  }

  /** Whether the delivery is still to be looked at, by nobody else at the moment. */
  async takeDue(sql: Sql, { messageId, no }: DueFallback): Promise<boolean> {
    const rows = await sql.query(
      `SELECT FROM delivery WHERE message_id = $1 AND no = $2 AND fallback_at <= now() FOR UPDATE SKIP LOCKED`,
      [messageId, no],
    );
    return rows.length > 0;
  }

  /** Undefined: there is no such delivery, or nowhere to go on to. */
  async lock(sql: Sql, messageId: string, no: number): Promise<FallbackState | undefined> {
    const [row] = await sql.query<StateRow>(LOCK, [messageId, no]);
    if (!row) return undefined;
    const rows = await sql.query<RecipientRow>(ROWS, [messageId, no]);
    const [numbers] = await sql.query<NumbersRow>(LAST_NUMBERS, [messageId]);
    return {
      status: row.status,
      later: row.fallback,
      isOpen: row.is_open,
      ...(row.sent_for_ms !== null && { sentForMs: Number(row.sent_for_ms) }),
      rows: rows.map(toFallbackRow),
      lastNo: numbers?.last_no ?? no,
      lastRowNo: numbers?.last_row_no ?? 0,
    };
  }

  /** Adds deliveries beside delivery `no`; its rows are moved to them, or copied. */
  async add(
    sql: Sql,
    from: { readonly messageId: string; readonly no: number },
    added: readonly AddedDelivery[],
    rows: { readonly copiedAfter: number } | 'moved',
  ): Promise<void> {
    const { messageId, no } = from;
    await sql.query(ADD, [messageId, no, ...deliveries.values(added)]);
    const values = placedRows.values(placed(added));
    if (rows === 'moved') await sql.query(MOVE, [messageId, added.length, ...values]);
    else await sql.query(COPY, [messageId, added.length, rows.copiedAfter, ...values]);
  }

  /** When to look again, in seconds from now; undefined: never. */
  async lookAgain(
    sql: Sql,
    { messageId, no }: { readonly messageId: string; readonly no: number },
    afterSeconds: number | undefined,
  ): Promise<void> {
    await sql.query(
      `UPDATE delivery SET fallback_at = now() + $3::float8 * interval '1 s' WHERE message_id = $1 AND no = $2`,
      [messageId, no, afterSeconds ?? null],
    );
  }
}

const toFallbackRow = (row: RecipientRow): FallbackRow => ({
  rowNo: row.row_no,
  ref: row.ref,
  addresseeType: row.addressee_type,
  addresseeId: row.addressee_id,
  status: row.status,
  ...(row.reason !== null && { reason: row.reason }),
  ...(row.detail !== null && { detail: row.detail }),
});
