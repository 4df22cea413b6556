import { PreparedStatement, UnnestTable } from '#libs/database';
import { messageDeltaSql } from '../message-status.js';
import { PRIORITIES } from '../plan/message-plan.js';
import { FINAL_RECIPIENT_STATUSES } from '../states.js';

/** What an index holds of them. */
const IN_LINE = `merge_key IS NOT NULL AND merged_into IS NULL AND status IN ('accepted', 'scheduled')`;

/** (account, caller, template) of which something waits that may be joined, by a loose index scan. */
export const LINES = new PreparedStatement(`
  WITH RECURSIVE line AS (
    (SELECT account, caller_id, merge_key FROM delivery WHERE ${IN_LINE}
     ORDER BY account, caller_id, merge_key LIMIT 1)
    UNION ALL
    SELECT n.account, n.caller_id, n.merge_key FROM line l CROSS JOIN LATERAL (
      SELECT account, caller_id, merge_key FROM delivery
      WHERE ${IN_LINE} AND (account, caller_id, merge_key) > (l.account, l.caller_id, l.merge_key)
      ORDER BY account, caller_id, merge_key LIMIT 1) n
  )
  SELECT account, caller_id, merge_key FROM line`);

/**
 * What waits in one line, oldest first, locked: nobody has tried it, no job of it is on its way. What somebody else holds
 * at the moment is left out.
 */
export const WAITING = `
  SELECT d.message_id, d.no, d.priority, d.channel, d.route_no, d.params AS delivery_params, m.params AS message_params,
    m.template_version,
    (SELECT r.detail -> 'mentions' FROM recipient r
     WHERE r.message_id = d.message_id AND r.delivery_no = d.no AND r.addressee_type = 'group' LIMIT 1) AS mentions
  FROM delivery d JOIN message m ON m.id = d.message_id
  WHERE d.account = $1 AND d.caller_id = $2 AND d.merge_key = $3
    AND d.merge_key IS NOT NULL AND d.merged_into IS NULL AND d.status IN ('accepted', 'scheduled')
    AND d.status = 'scheduled' AND d.reason = 'rate_limited'
    AND d.publish_at <= now() AND d.expire_at > now() AND d.recall_requested_at IS NULL
    AND d.attempts = 0 AND d.unknowns = 0
  ORDER BY d.publish_at, d.message_id, d.no LIMIT $4 FOR UPDATE OF d SKIP LOCKED`;

/**
 * What is due and may be joined, but cannot leave through the accounts $1, nor those $2 when it is not high: it waits for
 * a slot of its account. At most $3.
 */
export const LINE_UP = `
  WITH due AS (
    SELECT message_id, no FROM delivery
    WHERE account = ANY ($1::text[] || $2::text[]) AND ${IN_LINE}
      AND (account = ANY ($1::text[]) OR priority <> ${PRIORITIES.high}) AND reason IS DISTINCT FROM 'rate_limited'
      AND publish_at <= now() AND (next_attempt_at IS NULL OR next_attempt_at <= now())
      AND attempts = 0 AND unknowns = 0 AND recall_requested_at IS NULL
    LIMIT $3 FOR UPDATE SKIP LOCKED
  ), lined AS (
    UPDATE delivery d SET status = 'scheduled', reason = 'rate_limited', line_at = coalesce(d.line_at, d.publish_at),
      updated_at = now()
    FROM due WHERE d.message_id = due.message_id AND d.no = due.no
    RETURNING d.message_id, d.no
  )
  INSERT INTO event (message_id, id, at, event, delivery_no, reason)
  SELECT message_id, gen_random_uuid(), now(), 'rescheduled', no, 'rate_limited' FROM lined`;

export interface DeliveryKey {
  readonly messageId: string;
  readonly no: number;
}

export const sourceRows = new UnnestTable<DeliveryKey>('k', {
  message_id: ['uuid', ({ messageId }) => messageId],
  no: ['integer', ({ no }) => no],
});

/**
 * The digest $1 of the caller $2 through the channel $3 and account $4 with the content $5, in place of its sources: with
 * the age of the oldest of them, the priority of the most urgent, as long as the last of them may live.
 */
export const CREATE = `
  WITH source AS (
    UPDATE delivery d SET merged_into = $1::uuid, reason = 'merged', next_attempt_at = NULL, publish_at = 'infinity',
      updated_at = now()
    FROM ${sourceRows.from(6)} WHERE d.message_id = k.message_id AND d.no = k.no
    RETURNING d.message_id, d.no, d.priority, d.resend_budget, d.expire_at, coalesce(d.line_at, d.created_at) AS since
  ), marked AS (
    UPDATE message m SET merged_into = $1::uuid, updated_at = now() FROM source s WHERE m.id = s.message_id
  ), told AS (
    INSERT INTO event (message_id, id, at, event, delivery_no, data)
    SELECT message_id, gen_random_uuid(), now(), 'merged', no, jsonb_build_object('digest', $1::uuid) FROM source
  ), whole AS (
    SELECT min(priority) AS priority, min(resend_budget) AS resend_budget, max(expire_at) AS expire_at,
      min(since) AS since FROM source
  ), message_row AS (
    INSERT INTO message (id, caller_id, inline_content, priority, expire_at, recipient_count, delivery_count, row_count,
      open_rows, created_at, updated_at)
    SELECT $1::uuid, $2::uuid, $5::jsonb, priority, expire_at, 1, 1, 1, 1, now(), now() FROM whole
  ), delivery_row AS (
    INSERT INTO delivery (message_id, no, kind, route_no, channel, account, caller_id, status, reason, priority,
      resend_budget, expire_at, publish_at, line_at, created_at, updated_at)
    SELECT $1::uuid, 1, 'digest', 1, $3::text, $4::text, $2::uuid, 'scheduled', 'rate_limited', priority, resend_budget, expire_at, since, since,
      now(), now() FROM whole
  )
  INSERT INTO recipient (message_id, row_no, delivery_no, route_no, ref, addressee_type, addressee_id, updated_at)
  VALUES ($1::uuid, 1, 1, 1, 'group:' || $4::text, 'group', $4::text, now())`;

/** What of the messages $1 is in a digest, locked. */
export const MERGED = `
  SELECT message_id, no, merged_into FROM delivery
  WHERE message_id = ANY ($1::uuid[]) AND merged_into IS NOT NULL AND status = 'scheduled'
  ORDER BY message_id, no FOR UPDATE`;

/** A digest that nobody holds and that cannot have arrived may still be changed. */
export const isChangeable = (digest: string): string =>
  `(${digest}.status IN ('accepted', 'scheduled') AND ${digest}.unknowns = 0)`;

/** Those of the digests $1 that may still be changed, locked: a claim under way comes before or after. */
export const CHANGEABLE = `
  SELECT g.message_id FROM delivery g WHERE g.message_id = ANY ($1::uuid[]) AND g.kind = 'digest' AND ${isChangeable('g')}
  ORDER BY g.message_id FOR UPDATE`;

/** Puts deliveries back into their line, at their age, and takes their lines out of the digests $1. Answers those that are empty now. */
export const TAKE_OUT = `
  WITH freed AS (
    UPDATE delivery d SET merged_into = NULL, reason = 'rate_limited', publish_at = coalesce(d.line_at, now()),
      updated_at = now()
    FROM ${sourceRows.from(2)} WHERE d.message_id = k.message_id AND d.no = k.no
    RETURNING d.message_id
  ), unmarked AS (
    UPDATE message m SET merged_into = NULL, updated_at = now() FROM freed f WHERE m.id = f.message_id
  ), rest AS (
    UPDATE message g SET updated_at = now(), inline_content = jsonb_set(g.inline_content, '{parts}', coalesce((
      SELECT jsonb_agg(p.part ORDER BY p.n)
      FROM jsonb_array_elements(g.inline_content -> 'parts') WITH ORDINALITY AS p (part, n)
      WHERE (p.part ->> 'messageId')::uuid NOT IN (SELECT message_id FROM freed)), '[]'))
    WHERE g.id = ANY ($1::uuid[])
    RETURNING g.id, jsonb_array_length(g.inline_content -> 'parts') AS parts
  )
  SELECT id FROM rest WHERE parts = 0`;

/** Messages in a digest that may not be sent any more. */
export const OUTLIVED = new PreparedStatement(`
  SELECT DISTINCT s.message_id FROM delivery s
  JOIN delivery g ON g.message_id = s.merged_into AND g.kind = 'digest'
  WHERE s.merged_into IS NOT NULL AND s.status = 'scheduled' AND s.expire_at <= now() AND ${isChangeable('g')}
  LIMIT $1`);

const DELTAS = FINAL_RECIPIENT_STATUSES.map(
  (status) =>
    `(count(*) FILTER (WHERE status = '${status}') - count(*) FILTER (WHERE before = '${status}'))::int AS n_${status}`,
).join(', ');

/** What digests carry ends as they have ended, for the reason `merged`. Answers what has ended. */
const followSql = (which: string, lock: string): string => `
  WITH over AS (
    SELECT s.message_id, s.no, g.status, g.sent_at FROM delivery s
    JOIN delivery g ON g.message_id = s.merged_into AND g.kind = 'digest'
    WHERE s.merged_into IS NOT NULL AND ${which} AND g.status NOT IN ('accepted', 'scheduled', 'sending')
      AND g.status <> s.status
    ORDER BY s.message_id, s.no ${lock}
  ), ended AS (
    UPDATE delivery d SET status = o.status, reason = 'merged', sent_at = o.sent_at, updated_at = now()
    FROM over o WHERE d.message_id = o.message_id AND d.no = o.no
    RETURNING d.message_id, d.no, d.status
  ), row AS (
    SELECT r.message_id, r.row_no, r.status AS before, e.status FROM ended e
    JOIN recipient r ON r.message_id = e.message_id AND r.delivery_no = e.no AND r.status IN ('pending', 'unknown')
  ), rows AS (
    UPDATE recipient r SET status = row.status, reason = 'merged', updated_at = now()
    FROM row WHERE r.message_id = row.message_id AND r.row_no = row.row_no
    RETURNING r.message_id, row.before, r.status
  ), delta AS (
    SELECT message_id, (count(*) FILTER (WHERE before = 'pending'))::int AS closed, ${DELTAS} FROM rows GROUP BY message_id
  ), counted AS (
    UPDATE message m SET
    ${messageDeltaSql('m', (status) => `delta.n_${status}`, 'delta.closed', "'merged'")}
    FROM delta WHERE m.id = delta.message_id
  )
  SELECT message_id, no FROM ended`;

/** Whatever is still open, at most $1. */
export const FOLLOW = new PreparedStatement(
  followSql(`s.status = 'scheduled'`, 'LIMIT $1 FOR UPDATE OF s SKIP LOCKED'),
);

/** What the digest $1 carries, also what nobody knew the fate of until now. */
export const FOLLOW_ONE = followSql(`s.merged_into = $1 AND s.status IN ('scheduled', 'unknown')`, 'FOR UPDATE OF s');
