import { messageDeltaSql } from '../message-status.js';
import { FINAL_RECIPIENT_STATUSES } from '../states.js';

/** What an answer changes is decided on rows that nobody else changes meanwhile. */
export const LOCK_DELIVERY = `SELECT FROM delivery WHERE message_id = $1 AND no = $2 FOR UPDATE`;
export const LOCK_RECIPIENTS = `
  SELECT FROM recipient WHERE message_id = $1 AND delivery_no = $2 ORDER BY row_no FOR UPDATE`;

/** It waits for another attempt, was handed back before one, or is left to a person. */
const CONFIRMABLE = `'unknown', 'scheduled', 'accepted'`;

/**
 * An answer that came after the lease had ended: it belongs to its own attempt row, whatever happened since. If it
 * says sent while the delivery waits for another attempt or is held as unknown, the delivery is sent after all, to all
 * but those whom it refused, now or before. Answers how many deliveries that were.
 */
export const LATE_ANSWER = `
  WITH finished AS (
    UPDATE attempt SET finished_at = now(), outcome = $4, reason = $5, code = $6, provider_msg_id = $7,
      addressees = $8::text[], exchange = $9::jsonb
    WHERE message_id = $1 AND delivery_no = $2 AND no = $3
  ), confirmed AS (
    UPDATE delivery SET status = CASE WHEN 'invalid' = ANY ($11::text[]) OR EXISTS (
        SELECT FROM recipient r WHERE r.message_id = $1 AND r.delivery_no = $2 AND r.status IN ('invalid', 'failed'))
      THEN 'partial' ELSE 'sent' END,
      reason = 'late_answer', next_attempt_at = NULL, lease_until = NULL,
      provider_msg_id = coalesce($7, provider_msg_id), sealed_code = coalesce($13::jsonb, sealed_code),
      sent_at = now(), updated_at = now(), error = NULL
    WHERE $4 = 'sent' AND message_id = $1 AND no = $2 AND status IN (${CONFIRMABLE})
    RETURNING message_id, no, account
  ), cards AS (
    INSERT INTO card (account, card_id, message_id, delivery_no)
    SELECT account, $14::text, message_id, no FROM confirmed WHERE $14::text IS NOT NULL
    ON CONFLICT (account, card_id) DO NOTHING
  ), polls AS (
    INSERT INTO receipt_poll (message_id, delivery_no, account, due_at, closes_at)
    SELECT message_id, no, account, now() + $15::float8 * interval '1 ms', now() + $16::int * interval '1 s'
    FROM confirmed WHERE $15::float8 IS NOT NULL
    ON CONFLICT DO NOTHING
  ), kept AS (
    UPDATE delivery SET provider_msg_id = coalesce(provider_msg_id, $7), sealed_code = coalesce(sealed_code, $13::jsonb)
    WHERE $4 = 'sent' AND message_id = $1 AND no = $2 AND status IN ('sending', 'sent', 'partial')
  ), ended AS (
    UPDATE recipient r SET status = coalesce(row.refused, 'sent'), reason = row.refused_for, updated_at = now()
    FROM confirmed c, (
      SELECT q.row_no, q.status, x.status AS refused, x.reason AS refused_for FROM recipient q
      LEFT JOIN unnest($10::int[], $11::text[], $12::text[]) AS x (row_no, status, reason) ON x.row_no = q.row_no
      WHERE q.message_id = $1 AND q.delivery_no = $2) row
    WHERE r.message_id = c.message_id AND r.delivery_no = c.no AND r.status IN ('pending', 'unknown')
      AND row.row_no = r.row_no
    RETURNING r.message_id, row.status AS before, r.status
  ), delta AS (
    SELECT message_id, (count(*) FILTER (WHERE before = 'pending'))::int AS closed,
      ${FINAL_RECIPIENT_STATUSES.map(
        (status) =>
          `(count(*) FILTER (WHERE status = '${status}') - count(*) FILTER (WHERE before = '${status}'))::int AS n_${status}`,
      ).join(', ')}
    FROM ended GROUP BY message_id
  ), counted AS (
    UPDATE message m SET
    ${messageDeltaSql('m', (status) => `delta.n_${status}`, 'delta.closed', 'NULL')}
    FROM delta WHERE m.id = delta.message_id
  )
  SELECT count(*)::int AS count FROM confirmed`;
