import { FINAL_RECIPIENT_STATUSES } from '../states.js';
import { counterColumn } from '../message-status.js';

/** What of a message is sent again; the parameters of every statement here begin with these. */
export interface ReplaySelection {
  readonly messageId: string;
  readonly statuses: readonly string[];
  readonly deliveryNo?: number;
  /** Canonical refs. */
  readonly recipients?: readonly string[];
  readonly reasons?: readonly string[];
  /** Suppressed rows with one of these reasons are sent to as well. */
  readonly ignoredReasons: readonly string[];
}

export const selectionValues = (selection: ReplaySelection): unknown[] => [
  selection.messageId,
  selection.statuses,
  selection.deliveryNo ?? null,
  selection.recipients ?? null,
  selection.reasons ?? null,
  selection.ignoredReasons,
];

const SELECTED = `r.message_id = $1 AND ($3::int IS NULL OR r.delivery_no = $3)
  AND (r.status = ANY ($2::text[]) OR (r.status = 'suppressed' AND r.reason = ANY ($6::text[])))
  AND ($4::text[] IS NULL OR r.ref = ANY ($4::text[])) AND ($5::text[] IS NULL OR r.reason = ANY ($5::text[]))`;

export const OLD_DELIVERIES = `
  SELECT r.delivery_no AS no, count(*)::int AS recipients FROM recipient r WHERE ${SELECTED} GROUP BY 1 ORDER BY 1`;

/** Channels of what would be sent again. */
export const OLD_CHANNELS = `
  SELECT DISTINCT d.channel FROM delivery d WHERE d.message_id = $1
    AND EXISTS (SELECT FROM recipient r WHERE ${SELECTED} AND r.delivery_no = d.no)`;

/** One new delivery for every old one that has rows to move; numbers follow the message's last. `$9`: through that account. */
export const ADD_DELIVERIES = `
  INSERT INTO delivery (message_id, no, kind, route_no, channel, account, caller_id, priority, params, resend_budget,
    expire_at, publish_at, fallback, skips, created_at, updated_at)
  SELECT d.message_id, last.no + row_number() OVER (ORDER BY d.no), 'replay', d.route_no, d.channel, coalesce($9, d.account),
    d.caller_id, d.priority, d.params, d.resend_budget, now() + $7 * interval '1 s', now(), d.fallback, $8::text[],
    now(), now()
  FROM delivery d, (SELECT max(no) AS no FROM delivery WHERE message_id = $1) last
  WHERE d.message_id = $1 AND EXISTS (SELECT FROM recipient r WHERE ${SELECTED} AND r.delivery_no = d.no)
  ORDER BY d.no
  RETURNING no`;

/** A chat group is the account itself: through another account (`$9`) it is another group. */
export const MOVE_ROWS = `
  WITH moved AS (
    SELECT r.row_no, r.status, k.new_no, $9::text IS NOT NULL AND r.addressee_type = 'group' AS is_group FROM recipient r
    JOIN unnest($7::int[], $8::int[]) AS k (old_no, new_no) ON k.old_no = r.delivery_no
    WHERE ${SELECTED} FOR UPDATE OF r
  ), updated AS (
    UPDATE recipient r SET status = 'pending', reason = NULL, delivery_no = moved.new_no, updated_at = now(),
      detail = r.detail - 'duplicateOf', provider_user_id = CASE WHEN $9::text IS NULL THEN r.provider_user_id END,
      ref = CASE WHEN moved.is_group THEN 'group:' || $9 ELSE r.ref END,
      addressee_id = CASE WHEN moved.is_group THEN $9 ELSE r.addressee_id END
    FROM moved WHERE r.message_id = $1 AND r.row_no = moved.row_no
    RETURNING moved.status
  )
  UPDATE message m SET status = 'accepted', reason = NULL, updated_at = now(), open_rows = m.open_rows + n.total,
    delivery_count = m.delivery_count + cardinality($7::int[]),
    ${FINAL_RECIPIENT_STATUSES.map((s) => `${counterColumn(s)} = m.${counterColumn(s)} - n.${counterColumn(s)}`).join(', ')}
  FROM (SELECT count(*)::int AS total,
        ${FINAL_RECIPIENT_STATUSES.map((s) => `(count(*) FILTER (WHERE status = '${s}'))::int AS ${counterColumn(s)}`).join(', ')}
        FROM updated) n
  WHERE m.id = $1
  RETURNING n.total`;
