import { RESENDS_AFTER_AMBIGUITY } from '#libs/channels';
import { storableText } from '#libs/core';
import { PreparedStatement, UnnestTable, jsonText } from '#libs/database';
import { messageDeltaSql } from '../message-status.js';
import { FINAL_RECIPIENT_STATUSES } from '../states.js';
import { MAY_HAVE_ARRIVED } from '../unclear.sql.js';
import type { ClaimSettlement, DeliveryOutcome, RecipientOutcome } from './delivery-outcome.js';

export interface ExceptionRow {
  readonly outcome: DeliveryOutcome;
  readonly recipient: RecipientOutcome;
}

/** An outcome, with its code encrypted. */
export interface OutcomeRow extends DeliveryOutcome {
  readonly sealedCode?: string | undefined;
}

export const outcomeRows = new UnnestTable<OutcomeRow>('i', {
  message_id: ['uuid', (o) => o.delivery.messageId],
  no: ['integer', (o) => o.delivery.no],
  fence: ['integer', (o) => o.delivery.fence],
  status: ['text', (o) => o.status],
  reason: ['text', (o) => o.reason],
  wait_ms: ['float8', (o) => o.waitMs],
  due_at: ['timestamptz', (o) => o.dueAt?.toISOString()],
  in_line: ['boolean', (o) => o.inLine ?? false],
  called: ['boolean', (o) => o.attempt !== undefined],
  is_told: ['boolean', (o) => o.isRepeatedWait ?? false],
  counts: ['boolean', (o) => o.attempt?.counts ?? false],
  outcome: ['text', (o) => o.attempt?.outcome],
  attempt_reason: ['text', (o) => o.attempt?.reason],
  code: ['text', (o) => vendorText(o.attempt?.code)],
  attempt_msg_id: ['text', (o) => vendorText(o.attempt?.providerMsgId)],
  addressees: ['text', (o) => textArray(o.attempt?.addressees)],
  exchange: ['jsonb', (o) => jsonText(o.attempt?.exchange)],
  provider_msg_id: ['text', (o) => vendorText(o.providerMsgId)],
  sealed_code: ['jsonb', (o) => o.sealedCode],
  card_id: ['text', (o) => vendorText(o.cardId)],
  possible_duplicate: ['boolean', (o) => o.possibleDuplicate ?? false],
  repeat_check: ['integer', (o) => o.repeatCheck],
  error: ['jsonb', (o) => jsonText(o.error)],
  notes: ['jsonb', (o) => (o.notes && o.notes.length > 0 ? JSON.stringify(o.notes) : null)],
  rest_status: ['text', (o) => o.rest?.status],
  rest_reason: ['text', (o) => o.rest?.reason],
  receipt_ms: ['float8', (o) => o.receipts?.afterMs],
  receipt_window: ['integer', (o) => o.receipts?.windowSeconds],
  excepted: ['text', (o) => `{${o.exceptions.map((recipient) => recipient.rowNo).join(',')}}`],
});

export const exceptionRows = new UnnestTable<ExceptionRow>('x', {
  message_id: ['uuid', ({ outcome }) => outcome.delivery.messageId],
  no: ['integer', ({ outcome }) => outcome.delivery.no],
  row_no: ['integer', ({ recipient }) => recipient.rowNo],
  status: ['text', ({ recipient }) => recipient.status],
  reason: ['text', ({ recipient }) => recipient.reason],
  detail: ['jsonb', ({ recipient }) => jsonText(recipient.detail)],
});

export interface SettlementRow {
  readonly outcome: DeliveryOutcome;
  readonly settlement: ClaimSettlement;
}

export const settlementRows = new UnnestTable<SettlementRow>('s', {
  no: ['integer', ({ outcome }) => outcome.delivery.no],
  key: ['bytea', ({ settlement }) => settlement.key],
  owner: ['uuid', ({ settlement }) => settlement.messageId],
  keep_seconds: ['integer', ({ settlement }) => settlement.keepSeconds],
});

/** A vendor's text may hold what a `text` column cannot. */
export const vendorText = (text: string | undefined): string | undefined => text && storableText(text);

const ELEMENT = /["\\]/g;
const textArray = (items: readonly string[] | undefined): string | null =>
  items ? `{${items.map((item) => `"${item.replaceAll(ELEMENT, '\\$&')}"`).join(',')}}` : null;

/** A recall asked for while the call was under way turns every wish to wait into an end. */
const RECALLED = `(d.recall_requested_at IS NOT NULL AND i.status IN ('scheduled', 'accepted'))`;
const UNCLEAR = `(i.outcome = 'unknown' OR ${MAY_HAVE_ARRIVED})`;
const RECALLED_AS = `CASE WHEN ${UNCLEAR} THEN 'unknown' ELSE 'canceled' END`;
const RECALLED_BECAUSE = `CASE WHEN i.outcome = 'unknown' THEN i.attempt_reason
  WHEN ${UNCLEAR} THEN 'recall_requested' ELSE 'canceled_by_recall' END`;

/** Somebody of the delivery was refused in an earlier run: what is sent now is not sent to everybody. */
const MISSED_BEFORE = `EXISTS (SELECT FROM recipient r WHERE r.message_id = d.message_id AND r.delivery_no = d.no
  AND r.status IN ('invalid', 'failed'))`;
const STATUS = `CASE WHEN i.status = 'sent' AND i.fence > 1 AND ${MISSED_BEFORE} THEN 'partial' ELSE i.status END`;

const DUE_AT = `coalesce(i.due_at, now() + coalesce(i.wait_ms, 0) * interval '1 ms')`;
/** Its place in the line of its account, kept for good: since when it could have left. */
const LINE_AT = `coalesce(d.line_at, least(now(), coalesce(d.next_attempt_at, d.created_at)))`;

/** What stands in the outcome, unless a recall overrules it. */
const unlessRecalled = (ruling: string, wish: string): string =>
  `CASE WHEN ${RECALLED} THEN ${ruling} ELSE ${wish} END`;

/**
 * Ends claims in one statement: delivery (under its fence), attempt, recipients, message counters, dedupe claims.
 *
 * - Recipients named in the exceptions get their own state; the remaining pending ones get `rest_status`.
 * - Message counters move by what was actually updated, so a repeated or late write changes nothing.
 * - Answers the deliveries that were still held; the caller treats the others as late.
 */
export const OUTCOME = new PreparedStatement(`
  WITH input AS (SELECT * FROM ${outcomeRows.from(1)}),
  done AS (
    UPDATE delivery d SET
      status = ${unlessRecalled(RECALLED_AS, STATUS)},
      reason = ${unlessRecalled(RECALLED_BECAUSE, 'i.reason')},
      attempts = d.attempts + (i.called AND i.counts)::int,
      unknowns = d.unknowns + (i.called AND i.outcome = 'unknown')::int,
      next_attempt_at = CASE WHEN i.status = 'scheduled' AND d.recall_requested_at IS NULL
                             THEN ${DUE_AT} END,
      publish_at = CASE WHEN i.in_line THEN ${LINE_AT} ELSE ${DUE_AT} END,
      line_at = CASE WHEN i.in_line THEN ${LINE_AT} ELSE d.line_at END,
      lease_until = NULL,
      provider_msg_id = coalesce(i.provider_msg_id, d.provider_msg_id),
      sealed_code = coalesce(i.sealed_code, d.sealed_code),
      possible_duplicate = d.possible_duplicate OR i.possible_duplicate,
      repeat_check = coalesce(i.repeat_check, d.repeat_check),
      -- Who asks the vendor to drop repetitions may repeat more often.
      resend_budget = CASE WHEN i.repeat_check > 0 AND d.resend_budget > 0
                           THEN greatest(d.resend_budget, ${RESENDS_AFTER_AMBIGUITY.protected}) ELSE d.resend_budget END,
      error = i.error,
      notes = coalesce(i.notes, d.notes),
      sent_at = CASE WHEN i.status IN ('sent', 'partial') THEN now() ELSE d.sent_at END,
      updated_at = now()
    FROM input i
    WHERE d.message_id = i.message_id AND d.no = i.no AND d.fence = i.fence AND d.status = 'sending'
    RETURNING d.message_id, d.no, d.account, d.status, d.reason, i.card_id, i.called, i.receipt_ms, i.receipt_window, i.is_told,
      i.excepted::int[] AS excepted,
      ${unlessRecalled(RECALLED_AS, 'i.rest_status')} AS rest_status,
      ${unlessRecalled(RECALLED_BECAUSE, 'i.rest_reason')} AS rest_reason
  ),
  finished AS (
    UPDATE attempt a SET finished_at = now(), outcome = i.outcome, reason = i.attempt_reason, code = i.code,
      provider_msg_id = i.attempt_msg_id, addressees = i.addressees::text[], exchange = i.exchange
    FROM input i
    WHERE i.called AND a.message_id = i.message_id AND a.delivery_no = i.no AND a.no = i.fence
  ),
  provisional AS (
    DELETE FROM attempt a USING input i
    WHERE NOT i.called AND a.message_id = i.message_id AND a.delivery_no = i.no AND a.no = i.fence
      AND a.finished_at IS NULL
  ),
  waits AS (
    -- A wait without a call leaves no attempt row to tell of it. The same wait again is no news.
    INSERT INTO event (message_id, id, at, event, delivery_no, reason)
    SELECT message_id, gen_random_uuid(), now(), 'rescheduled', no, reason FROM done
    WHERE status = 'scheduled' AND NOT called AND NOT is_told
  ),
  cards AS (
    INSERT INTO card (account, card_id, message_id, delivery_no)
    SELECT account, card_id, message_id, no FROM done WHERE card_id IS NOT NULL
    ON CONFLICT (account, card_id) DO NOTHING
  ),
  polls AS (
    INSERT INTO receipt_poll (message_id, delivery_no, account, due_at, closes_at)
    SELECT message_id, no, account, now() + receipt_ms * interval '1 ms', now() + receipt_window * interval '1 s'
    FROM done WHERE receipt_ms IS NOT NULL AND status IN ('sent', 'partial')
    ON CONFLICT DO NOTHING
  ),
  excepted AS (
    UPDATE recipient r SET status = x.status, reason = x.reason, detail = coalesce(x.detail, r.detail),
      updated_at = now()
    FROM ${exceptionRows.from(1 + outcomeRows.width)}
    JOIN done ON done.message_id = x.message_id AND done.no = x.no
    WHERE r.message_id = x.message_id AND r.row_no = x.row_no AND r.delivery_no = x.no AND r.status = 'pending'
    RETURNING r.message_id, r.status, r.reason
  ),
  rest AS (
    UPDATE recipient r SET status = done.rest_status, reason = done.rest_reason, updated_at = now()
    FROM done
    WHERE done.rest_status IS NOT NULL AND r.message_id = done.message_id AND r.delivery_no = done.no
      AND r.status = 'pending' AND r.row_no <> ALL (done.excepted)
    RETURNING r.message_id, r.status, r.reason
  ),
  delta AS (
    SELECT message_id, count(*)::int AS closed, max(reason) AS reason,
      ${FINAL_RECIPIENT_STATUSES.map((status) => `(count(*) FILTER (WHERE status = '${status}'))::int AS n_${status}`).join(', ')}
    FROM (SELECT * FROM excepted UNION ALL SELECT * FROM rest) ended GROUP BY message_id
  ),
  counted AS (
    UPDATE message m SET
    ${messageDeltaSql('m', (status) => `delta.n_${status}`, 'delta.closed', 'delta.reason')}
    FROM (SELECT * FROM delta ORDER BY message_id) delta WHERE m.id = delta.message_id
  ),
  settlement AS (
    -- A former holder releases nothing: the delivery may be under way again. What it says it has sent, it keeps.
    SELECT s.key, s.owner, s.keep_seconds FROM ${settlementRows.from(1 + outcomeRows.width + exceptionRows.width)}
    WHERE s.keep_seconds IS NOT NULL OR (s.owner, s.no) IN (SELECT message_id, no FROM done)
  ),
  settled AS (
    UPDATE dedupe_claim c SET
      owners = ARRAY(SELECT o.owner FROM unnest(c.owners, c.until) AS o (owner, until)
                     WHERE NOT EXISTS (SELECT FROM settlement s
                                       WHERE s.key = c.key AND s.owner = o.owner AND s.keep_seconds IS NULL)),
      until = ARRAY(SELECT coalesce((SELECT now() + s.keep_seconds * interval '1 s' FROM settlement s
                                     WHERE s.key = c.key AND s.owner = o.owner), o.until)
                    FROM unnest(c.owners, c.until) AS o (owner, until)
                    WHERE NOT EXISTS (SELECT FROM settlement s
                                      WHERE s.key = c.key AND s.owner = o.owner AND s.keep_seconds IS NULL))
    FROM (SELECT DISTINCT key FROM settlement) k WHERE c.key = k.key
  )
  SELECT message_id, no, status FROM done`);
