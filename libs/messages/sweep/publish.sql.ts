import {
  MOST_REMEMBERED,
  defaultLimits,
  firstSlotSql,
  lengthSql,
  reserveSql,
  sinceSql,
  usedSql,
  type AppliedLimit,
} from '#libs/accounts';
import type { ChannelDefinition } from '#libs/channels';
import { PreparedStatement, UnnestTable } from '#libs/database';
import type { PublishRef } from '#libs/queue';
import { PRIORITIES } from '../plan/message-plan.js';

export interface PublishPass {
  /** Most deliveries of one (caller, account) pair: nobody's campaign fills the queue alone. */
  readonly perPair: number;
  readonly total: number;
  /** When the sweep may publish the same delivery again, should its job be lost. */
  readonly againMs: number;
  /** Only `high`: the queue is full for everybody else. */
  readonly highOnly: boolean;
  /** Slots of small windows that come free within this time are given away as well. Default: none. */
  readonly aheadMs?: number;
}

/** A delivery for the queue, now or when its slot comes free. */
export interface DueRef extends PublishRef {
  readonly inMs?: number;
}

const AHEAD = `(now() + $6 * interval '1 ms')`;

export const PRIORITY_LIST = Object.values(PRIORITIES).join(', ');

/** The (account, caller) pairs that have waiting deliveries, by a loose index scan: as quick however many wait. */
export const PAIRS = `pair AS (
    (SELECT account, caller_id FROM delivery WHERE status IN ('accepted', 'scheduled')
     ORDER BY account, caller_id LIMIT 1)
    UNION ALL
    SELECT n.account, n.caller_id FROM pair p CROSS JOIN LATERAL (
      SELECT account, caller_id FROM delivery
      WHERE status IN ('accepted', 'scheduled') AND (account, caller_id) > (p.account, p.caller_id)
      ORDER BY account, caller_id LIMIT 1) n
  )`;

interface ChannelLimit {
  readonly channel: string;
  readonly limit: AppliedLimit;
}

const channelLimits = new UnnestTable<ChannelLimit>('s', {
  channel: ['text', ({ channel }) => channel],
  key: ['text', ({ limit }) => limit.key],
  period: ['text', ({ limit }) => limit.period],
  seconds: ['integer', ({ limit }) => limit.windowSeconds],
  max: ['integer', ({ limit }) => limit.max],
  people: ['boolean', ({ limit }) => limit.countsPeople],
});

/** The limits in force of the accounts in `source`; the channels' own are parameters from `first` on. */
export const ACCOUNT_LIMITS = (source: string, first: number): string => `account_limit AS (
    SELECT p.account, s.key, s.period, s.seconds, s.people, l.max, ${reserveSql('l.max', 'p.limits')} AS reserve
    FROM (SELECT DISTINCT account, channel, limits FROM ${source}) p
    JOIN ${channelLimits.from(first)} ON s.channel = p.channel
    CROSS JOIN LATERAL (SELECT CASE WHEN p.limits ? s.key THEN (p.limits ->> s.key)::int ELSE s.max END AS max) l
    WHERE l.max IS NOT NULL
  )`;

/** Their free slots. */
export const FREE = `free AS (
    SELECT s.account, min(s.max - coalesce(u.used, 0)) AS high, min(s.max - s.reserve - coalesce(u.used, 0)) AS others
    FROM account_limit s
    LEFT JOIN LATERAL (
      SELECT ${usedSql('w', 's', sinceSql('s'), firstSlotSql('s'))} AS used FROM limit_window w
      WHERE w.account = s.account AND w.subject = '') u ON true
    GROUP BY s.account
  )`;

/**
 * The same by limit, with the times at which slots come free soon ($6: within so many milliseconds), and how far apart
 * deliveries of a small window are let go: at most ten a second, so that they arrive in the order of their line.
 */
const LANE = `lane AS (
    SELECT s.account, s.max - coalesce(u.used, 0) AS high, s.max - s.reserve - coalesce(u.used, 0) AS others,
      coalesce(t.soon, '{}') AS soon,
      CASE WHEN $6 > 0 AND s.period = 'rolling' AND s.max BETWEEN 1 AND ${MOST_REMEMBERED}
           THEN least(0.1, s.seconds::float8 / s.max) END AS gap
    FROM account_limit s
    LEFT JOIN LATERAL (
      SELECT ${usedSql('w', 's', sinceSql('s'), firstSlotSql('s'))} AS used FROM limit_window w
      WHERE w.account = s.account AND w.subject = '') u ON true
    LEFT JOIN LATERAL (
      SELECT array_agg(c.at + ${lengthSql('s')} ORDER BY c.at) AS soon
      FROM limit_window w CROSS JOIN LATERAL unnest(w.calls) AS c (at)
      WHERE $6 > 0 AND w.account = s.account AND w.subject = '' AND s.period = 'rolling' AND NOT s.people
        AND s.max <= ${MOST_REMEMBERED} AND c.at > ${sinceSql('s')}
        AND c.at + ${lengthSql('s')} <= ${AHEAD}) t ON true
  ), free AS (
    SELECT account, min(high + cardinality(soon)) AS high, min(others + cardinality(soon)) AS others, max(gap) AS gap
    FROM lane GROUP BY account
  )`;

/** Due rows that go at once when the block of a vendor that asked to slow down has ended. */
const AFTER_THROTTLE = 50;

/** More slots than this are not worth counting the jobs that are on their way to them. */
const MOST_ON_THE_WAY = 100;

/** Deliveries let go by an earlier pass that no worker has taken up yet: their slots are as good as used. */
const ON_THE_WAY = `
  SELECT count(*) AS n, max(publish_at) - $3 * interval '1 ms' AS last FROM (
    SELECT publish_at FROM open_pair o CROSS JOIN LATERAL unnest(ARRAY[${PRIORITY_LIST}]::smallint[]) AS level (priority)
    CROSS JOIN LATERAL (
      SELECT publish_at FROM delivery d
      WHERE d.account = o.account AND d.caller_id = o.caller_id AND d.status IN ('accepted', 'scheduled')
        AND d.priority = level.priority AND d.publish_at > now() AND d.publish_at <= ${AHEAD} + $3 * interval '1 ms'
        AND d.line_at IS NOT NULL AND (d.next_attempt_at IS NULL OR d.next_attempt_at <= ${AHEAD})
      LIMIT ${MOST_ON_THE_WAY}) released
    WHERE o.account = f.account LIMIT ${MOST_ON_THE_WAY}) way`;

/** When the slot comes free that a place in the line of its account will take; null: it is free. */
const SLOT_AT = `
  SELECT max(l.soon[(r.place + r.on_the_way - room.n)::int]) AS at
  FROM lane l CROSS JOIN LATERAL (SELECT CASE WHEN r.priority = ${PRIORITIES.high} THEN l.high ELSE l.others END AS n) room
  WHERE l.account = r.account AND r.place + r.on_the_way > room.n`;

/**
 * Due deliveries, round-robin over (account, caller): each pair gives its first rows by priority and age, and within a
 * priority the pairs take turns.
 *
 * - Rows behind a closed gate stay where they are; the first pass after it opens takes them. Of an account that is gone
 *   all go: a worker says so. Behind an open breaker one row is let through to see whether the vendor is back.
 * - Of an account with limits no more are taken than have slots: the others stay due, in a line by age. One pass at a time
 *   may let go of them ($5), or two would both see the same slots.
 * - Of small windows also the slots are given away that come free before the next pass ($6): `wait_ms` says when the job
 *   is due. What may join a digest is not: it is joined when there is a slot, not before.
 */
export const PUBLISH = new PreparedStatement(`
  WITH RECURSIVE ${PAIRS}, open_pair AS (
    SELECT p.account, p.caller_id, a.channel, a.limits,
      CASE WHEN a.breaker_opened_at IS NOT NULL THEN 1 WHEN a.throttles > 0 THEN ${AFTER_THROTTLE} END AS careful
    FROM pair p LEFT JOIN account a ON a.code = p.account
    LEFT JOIN queue_gate g ON g.channel = a.channel
    WHERE coalesce(a.status, 'active') = 'active' AND coalesce(a.blocked_until, '-infinity') <= now()
      AND coalesce(a.breaker_until, '-infinity') <= now() AND NOT coalesce(g.paused, false)
  ), ${ACCOUNT_LIMITS('open_pair', 7)}, ${LANE}, room AS (
    SELECT f.account, f.gap, way.n AS on_the_way, way.last AS last_due,
      CASE WHEN $5 THEN greatest(0, f.high - way.n) ELSE 0 END AS high, greatest(0, f.others - way.n) AS others
    FROM free f CROSS JOIN LATERAL (${ON_THE_WAY}) way
  ), allowance AS (
    -- How many rows each account may let go in this pass, in all and of those that are not high. NULL: any number.
    SELECT p.account, least(p.careful, r.high) AS high, least(p.careful, r.others) AS others, r.account IS NOT NULL AS lined,
      coalesce(r.gap, 0) * interval '1 second' AS gap, r.last_due, r.on_the_way
    FROM (SELECT DISTINCT account, careful FROM open_pair) p LEFT JOIN room r USING (account)
  ), ready AS (
    SELECT d.*, p.account,
      row_number() OVER (PARTITION BY p.account, p.caller_id ORDER BY d.priority, d.publish_at, d.message_id) AS turn,
      w.lined, w.high, w.others, w.gap, w.last_due, w.on_the_way
    FROM open_pair p
    JOIN allowance w ON w.account = p.account
    CROSS JOIN LATERAL unnest(ARRAY[${PRIORITY_LIST}]::smallint[]) AS level (priority)
    CROSS JOIN LATERAL (
      SELECT message_id, no, priority, publish_at, next_attempt_at, merge_key IS NOT NULL AS may_merge FROM delivery
      WHERE account = p.account AND caller_id = p.caller_id AND status IN ('accepted', 'scheduled')
        AND priority = level.priority AND publish_at <= now()
        AND (next_attempt_at IS NULL OR next_attempt_at <= now()
             OR (w.lined AND line_at IS NOT NULL AND next_attempt_at <= ${AHEAD}))
        AND (NOT $4 OR priority = ${PRIORITIES.high})
      ORDER BY publish_at, message_id LIMIT least($1::int, w.high)::bigint) d
  ), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY account ORDER BY priority, turn) AS place FROM ready
  ), slotted AS (
    SELECT r.*, greatest(s.at, r.next_attempt_at, now()) AS slot_at FROM ranked r LEFT JOIN LATERAL (${SLOT_AT}) s ON r.lined
    WHERE r.turn <= $1::int
      AND r.place <= coalesce(CASE WHEN r.priority = ${PRIORITIES.high} THEN r.high ELSE r.others END, r.place)
  ), spaced AS (
    -- One after the other, also behind those that an earlier pass has let go.
    SELECT message_id, no, priority, turn, lined, may_merge, slot_at,
      greatest(last_due, max(slot_at - place * gap) OVER (PARTITION BY account ORDER BY place)) + place * gap AS due_at
    FROM slotted
  ), chosen AS (
    SELECT message_id, no, lined, CASE WHEN NOT may_merge THEN greatest(due_at, now()) ELSE now() END AS due_at FROM spaced
    WHERE CASE WHEN may_merge THEN slot_at <= now() ELSE due_at <= ${AHEAD} END
    ORDER BY priority, turn LIMIT $2
  ), due AS (
    -- Only these are locked, and looked at again: another pass may have published them meanwhile.
    SELECT d.message_id, d.no, c.lined, c.due_at FROM chosen c JOIN delivery d ON d.message_id = c.message_id AND d.no = c.no
    WHERE d.status IN ('accepted', 'scheduled') AND d.publish_at <= now()
    FOR UPDATE OF d SKIP LOCKED
  )
  UPDATE delivery d SET publish_no = d.publish_no + 1, publish_at = due.due_at + $3 * interval '1 ms',
    line_at = CASE WHEN due.lined THEN coalesce(d.line_at, d.publish_at) ELSE d.line_at END
  FROM due WHERE d.message_id = due.message_id AND d.no = due.no AND d.status IN ('accepted', 'scheduled')
  RETURNING d.message_id, d.no, d.fence, d.publish_no, d.priority,
    (extract(epoch FROM due.due_at - now()) * 1000)::float8 AS wait_ms`);

export function publishValues(
  { againMs, aheadMs = 0, highOnly, perPair, total }: PublishPass,
  channels: readonly ChannelDefinition[],
  mayLetGo: boolean,
): unknown[] {
  return [perPair, total, againMs, highOnly, mayLetGo, aheadMs, ...limitValues(channels)];
}

/** The limits of the account itself that each channel has, and the ceilings that any account may set. */
export function limitValues(channels: readonly ChannelDefinition[]): unknown[] {
  const limits = channels.flatMap((channel) =>
    defaultLimits(channel)
      .filter(({ scope }) => scope === 'account')
      .map((limit): ChannelLimit => ({ channel: channel.name, limit })),
  );
  return channelLimits.values(limits);
}
