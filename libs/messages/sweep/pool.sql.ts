import { PreparedStatement, UnnestTable } from '#libs/database';
import { ACCOUNT_LIMITS, FREE, PAIRS, PRIORITY_LIST } from './publish.sql.js';
import type { PoolMove } from './relieve-pools.js';

/** Heads of the lines of one account and priority that one pass looks at. */
const PER_LINE = 100;
/** More due deliveries than this are not worth counting: no window that small accounts have is larger. */
const MOST_COUNTED = 100;

/** A delivery's wait for the end of a block is counted from the write of its outcome, some time after the block's. */
const WRITTEN_WITHIN = `interval '1 minute'`;

/** Nobody has tried it: an attempt that was made ties a delivery to its account. */
const UNTRIED = `d.attempts = 0 AND d.unknowns = 0`;

/**
 * Deliveries with a pool that are due or wait for a slot of their account, by priority and age. A block of the vendor
 * is a due time of theirs, but only of this account.
 */
export const POOLED_WAITS = new PreparedStatement(`
  WITH RECURSIVE pooled AS (
    (SELECT account FROM delivery WHERE pool IS NOT NULL AND status IN ('accepted', 'scheduled')
     ORDER BY account LIMIT 1)
    UNION ALL
    SELECT n.account FROM pooled p CROSS JOIN LATERAL (
      SELECT account FROM delivery
      WHERE pool IS NOT NULL AND status IN ('accepted', 'scheduled') AND account > p.account
      ORDER BY account LIMIT 1) n
  )
  SELECT w.message_id, w.no, w.fence, p.account, w.priority, w.pool
  FROM pooled p LEFT JOIN account a ON a.code = p.account
  CROSS JOIN LATERAL unnest(ARRAY[${PRIORITY_LIST}]::smallint[]) AS level (priority)
  CROSS JOIN LATERAL (
    SELECT d.message_id, d.no, d.fence, d.priority, d.pool, d.publish_at FROM delivery d
    WHERE d.pool IS NOT NULL AND d.status IN ('accepted', 'scheduled') AND d.account = p.account
      AND d.priority = level.priority
      AND d.publish_at <= CASE WHEN a.blocked_until > now() THEN a.blocked_until + ${WRITTEN_WITHIN} ELSE now() END
      AND (d.publish_at <= now() OR d.reason = 'rate_limited') AND ${UNTRIED}
    ORDER BY d.publish_at, d.message_id LIMIT ${PER_LINE}) w
  ORDER BY w.priority, w.publish_at, w.message_id`);

/**
 * The accounts $1: open or not, slots that are free, less what was let go in the last $2 ms and no worker has taken up.
 * $3 and on: the limits of the channels.
 */
export const POOL_ROOMS = new PreparedStatement(`
  WITH RECURSIVE ${PAIRS}, asked AS (
    SELECT a.code AS account, a.channel, a.limits,
      a.status = 'active' AND coalesce(a.blocked_until, '-infinity') <= now() AND a.breaker_opened_at IS NULL
        AND NOT coalesce(g.paused, false) AS is_open
    FROM account a LEFT JOIN queue_gate g ON g.channel = a.channel WHERE a.code = ANY ($1::text[])
  ), ${ACCOUNT_LIMITS('asked', 3)}, ${FREE}, line AS (
    SELECT o.account, count(*) FILTER (WHERE d.is_due) AS due, count(*) FILTER (WHERE NOT d.is_due) AS let_go
    FROM asked o JOIN pair p ON p.account = o.account
    CROSS JOIN LATERAL unnest(ARRAY[${PRIORITY_LIST}]::smallint[]) AS level (priority)
    CROSS JOIN LATERAL (
      (SELECT true AS is_due FROM delivery
       WHERE account = p.account AND caller_id = p.caller_id AND status IN ('accepted', 'scheduled')
         AND priority = level.priority AND publish_at <= now() LIMIT ${MOST_COUNTED})
      UNION ALL
      (SELECT false FROM delivery
       WHERE account = p.account AND caller_id = p.caller_id AND status IN ('accepted', 'scheduled')
         AND priority = level.priority AND publish_at > now() AND publish_at <= now() + $2 * interval '1 ms'
         AND line_at IS NOT NULL AND (next_attempt_at IS NULL OR next_attempt_at <= now())
       LIMIT ${MOST_COUNTED})) d
    GROUP BY o.account
  )
  SELECT o.account, o.is_open, (f.high - coalesce(l.let_go, 0))::int AS high,
    (f.others - coalesce(l.let_go, 0))::int AS others, coalesce(l.due, 0)::int AS due
  FROM asked o LEFT JOIN free f USING (account) LEFT JOIN line l USING (account)`);

export const moveRows = new UnnestTable<PoolMove>('k', {
  message_id: ['uuid', (move) => move.messageId],
  no: ['integer', (move) => move.no],
  fence: ['integer', (move) => move.fence],
  came_from: ['text', (move) => move.from],
  goes_to: ['text', (move) => move.to],
});

/**
 * Hands deliveries over to another account, under their fence: what was claimed in between stays where it is. Their age
 * goes with them, and what they waited for was their former account's alone. A chat group's recipient is its account.
 */
export const MOVE_POOLED = `
  WITH moved AS (
    UPDATE delivery d SET account = k.goes_to, publish_at = least(d.publish_at, now()),
      next_attempt_at = least(d.next_attempt_at, now())
    FROM ${moveRows.from(1)}
    WHERE d.message_id = k.message_id AND d.no = k.no AND d.fence = k.fence AND d.account = k.came_from
      AND d.status IN ('accepted', 'scheduled') AND ${UNTRIED}
    RETURNING d.message_id, d.no, k.came_from, k.goes_to
  ), groups AS (
    UPDATE recipient r SET addressee_id = m.goes_to,
      ref = CASE WHEN r.ref = 'group:' || m.came_from THEN 'group:' || m.goes_to ELSE r.ref END, updated_at = now()
    FROM moved m WHERE r.message_id = m.message_id AND r.delivery_no = m.no AND r.status = 'pending'
      AND r.addressee_type = 'group'
  )
  INSERT INTO event (message_id, id, at, event, delivery_no, data)
  SELECT message_id, gen_random_uuid(), now(), 'moved', no, jsonb_build_object('from', came_from, 'to', goes_to)
  FROM moved RETURNING message_id`;
