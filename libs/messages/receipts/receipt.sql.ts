import { UnnestTable } from '#libs/database';
import { messageDeltaSql } from '../message-status.js';
import {
  FINAL_RECIPIENT_STATUSES,
  RECEIPT_STATUSES,
  RECEIPT_TRANSITIONS,
  type FinalRecipientStatus,
  type ReceiptStatus,
} from '../states.js';
import type { PollOutcome, RecipientReceipt } from './receipt.js';

export const pollRows = new UnnestTable<PollOutcome>('i', {
  message_id: ['uuid', ({ poll }) => poll.messageId],
  delivery_no: ['integer', ({ poll }) => poll.no],
  fence: ['integer', ({ poll }) => poll.fence],
  wait_ms: ['float8', ({ again }) => again?.waitMs],
  counts: ['boolean', ({ again }) => again?.counts ?? false],
  unavailable: ['text', ({ unavailable }) => unavailable],
});

export interface ReceiptRow {
  readonly outcome: PollOutcome;
  readonly recipient: RecipientReceipt;
}

export const receiptRows = new UnnestTable<ReceiptRow>('x', {
  message_id: ['uuid', ({ outcome }) => outcome.poll.messageId],
  delivery_no: ['integer', ({ outcome }) => outcome.poll.no],
  row_no: ['integer', ({ recipient }) => recipient.rowNo],
  status: ['text', ({ recipient }) => recipient.status],
  reason: ['text', ({ recipient }) => recipient.reason],
  provider_code: ['text', ({ recipient }) => recipient.providerCode],
  repeated_for: ['text', ({ recipient }) => recipient.repeatedFor],
});

/** States from which a receipt of this kind moves a recipient. */
const statesBefore = (to: ReceiptStatus): readonly FinalRecipientStatus[] =>
  FINAL_RECIPIENT_STATUSES.filter((from) => RECEIPT_TRANSITIONS[from]?.includes(to));

const list = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

const FORWARD = RECEIPT_STATUSES.map((to) => `(x.status = '${to}' AND b.status IN (${list(statesBefore(to))}))`).join(
  ' OR ',
);

/**
 * An attempt of this delivery, or of the one that it replays, may have brought what the vendor will not show twice. A lease
 * that ran out has recorded no addressees: it may have been for any of them.
 */
const HAD_ARRIVED = `(x.repeated_for IS NOT NULL AND EXISTS (
  SELECT FROM attempt a JOIN delivery o ON o.message_id = a.message_id AND o.no = a.delivery_no
  WHERE a.message_id = b.message_id AND a.outcome = 'unknown' AND o.account = b.account
    AND (o.no = b.delivery_no OR (b.kind = 'replay' AND o.no < b.delivery_no))
    AND (a.addressees IS NULL OR x.repeated_for = ANY (a.addressees))))`;

const REACHED = list(['sent', 'delivered', 'read']);
const MISSED = list(['failed', 'invalid']);
const count = (condition: string): string => `(count(*) FILTER (WHERE ${condition}))::int`;
const change = (status: FinalRecipientStatus): string =>
  `(count(*) FILTER (WHERE status = '${status}') - count(*) FILTER (WHERE was = '${status}'))::int AS n_${status}`;

/** What is new, by kind; kinds of which nothing is new are left out. */
const NEWS = `jsonb_strip_nulls(jsonb_build_object(
  'delivered', nullif(${count("status = 'delivered'")}, 0), 'read', nullif(${count("status = 'read'")}, 0),
  'missed', nullif(${count(`status IN (${MISSED})`)}, 0),
  'confirmed', nullif(${count("status = was AND reason = 'confirmed_by_duplicate'")}, 0)))`;

/**
 * Records what vendors told, in one statement under the fences of the questions: when to ask again, recipients, message
 * counters, the delivery where people turn out to have been missed, and an event where something is new.
 *
 * - Recipients only move forward. What was taken back, or moved to a replay, in between is left alone: the rows are looked
 *   at again once their locks are held.
 * - `sent` → `partial | failed`, `partial` → `failed`; never the other way. Whom another route may reach, the next sweep
 *   moves on.
 */
export const RECEIPTS = `
  WITH input AS (SELECT * FROM ${pollRows.from(1)}),
  told AS (SELECT * FROM ${receiptRows.from(1 + pollRows.width)}),
  asked AS (
    UPDATE receipt_poll p SET due_at = now() + i.wait_ms * interval '1 ms', tries = p.tries + i.counts::int
    FROM input i
    WHERE p.message_id = i.message_id AND p.delivery_no = i.delivery_no AND p.fence = i.fence AND i.wait_ms IS NOT NULL
    RETURNING p.message_id, p.delivery_no, NULL AS unavailable
  ), over AS (
    DELETE FROM receipt_poll p USING input i
    WHERE p.message_id = i.message_id AND p.delivery_no = i.delivery_no AND p.fence = i.fence AND i.wait_ms IS NULL
    RETURNING p.message_id, p.delivery_no, i.unavailable
  ), held AS (SELECT * FROM asked UNION ALL SELECT * FROM over),
  open AS (
    SELECT d.message_id, d.no, d.kind, d.account FROM delivery d
    JOIN held h ON h.message_id = d.message_id AND h.delivery_no = d.no
    WHERE d.status IN ('sent', 'partial')
      AND EXISTS (SELECT FROM told t WHERE t.message_id = d.message_id AND t.delivery_no = d.no)
    ORDER BY d.message_id, d.no FOR UPDATE OF d
  ), before AS (
    SELECT r.message_id, r.row_no, r.delivery_no, r.status, o.kind, o.account FROM recipient r
    JOIN open o ON o.message_id = r.message_id AND o.no = r.delivery_no
    ORDER BY r.message_id, r.row_no FOR UPDATE OF r
  ), news AS (
    SELECT b.message_id, b.row_no, b.status AS was, x.provider_code,
      CASE WHEN ${HAD_ARRIVED} THEN b.status ELSE x.status END AS status,
      CASE WHEN ${HAD_ARRIVED} THEN 'confirmed_by_duplicate' ELSE x.reason END AS reason
    FROM before b
    JOIN told x ON x.message_id = b.message_id AND x.delivery_no = b.delivery_no AND x.row_no = b.row_no
    WHERE ${FORWARD}
  ), moved AS (
    UPDATE recipient r SET status = n.status, reason = n.reason, updated_at = now(),
      detail = CASE WHEN n.provider_code IS NULL THEN r.detail
                    ELSE coalesce(r.detail, '{}') || jsonb_build_object('providerCode', n.provider_code) END,
      delivered_at = CASE WHEN n.status IN ('delivered', 'read') THEN coalesce(r.delivered_at, now()) ELSE r.delivered_at END,
      read_at = CASE WHEN n.status = 'read' THEN now() ELSE r.read_at END
    FROM news n WHERE r.message_id = n.message_id AND r.row_no = n.row_no
    RETURNING r.message_id, r.delivery_no, r.row_no, n.was, r.status, r.reason
  ), fate AS (
    SELECT b.message_id, b.delivery_no, max(m.reason) AS reason,
      bool_or(coalesce(m.status, b.status) IN (${REACHED})) AS is_reached,
      bool_or(m.status IN (${MISSED})) AS is_missed,
      bool_and(coalesce(m.status, b.status) = 'invalid') AS is_invalid
    FROM before b LEFT JOIN moved m ON m.message_id = b.message_id AND m.row_no = b.row_no
    GROUP BY b.message_id, b.delivery_no
  ), settled AS (
    UPDATE delivery d SET status = CASE WHEN f.is_reached THEN 'partial' ELSE 'failed' END, updated_at = now(),
      fallback_at = CASE WHEN d.fallback IS NOT NULL THEN now() END,
      reason = CASE WHEN f.is_reached THEN d.reason WHEN f.is_invalid THEN 'all_invalid' ELSE f.reason END
    FROM fate f
    WHERE f.is_missed AND d.message_id = f.message_id AND d.no = f.delivery_no
      AND (d.status = 'sent' OR (d.status = 'partial' AND (NOT f.is_reached OR d.fallback IS NOT NULL)))
  ), events AS (
    INSERT INTO event (message_id, id, at, event, delivery_no, reason, data)
    SELECT message_id, gen_random_uuid(), now(), 'receipt', delivery_no, NULL, ${NEWS}
    FROM moved GROUP BY message_id, delivery_no
    UNION ALL
    SELECT message_id, gen_random_uuid(), now(), 'receipt', delivery_no, unavailable, NULL
    FROM over WHERE unavailable IS NOT NULL
  ), delta AS (
    SELECT message_id, max(reason) FILTER (WHERE status IN (${MISSED})) AS reason,
      ${FINAL_RECIPIENT_STATUSES.map(change).join(', ')}
    FROM moved WHERE status <> was GROUP BY message_id
  ), counted AS (
    UPDATE message m SET
    ${messageDeltaSql('m', (status) => `delta.n_${status}`, '0', 'delta.reason')}
    FROM (SELECT * FROM delta ORDER BY message_id) delta WHERE m.id = delta.message_id
  )
  SELECT message_id, delivery_no FROM held`;
