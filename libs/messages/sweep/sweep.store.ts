import { Inject, Injectable } from '@nestjs/common';
import { ChannelRegistry, RESENDS_AFTER_AMBIGUITY } from '#libs/channels';
import { Database, PreparedStatement, type Sql } from '#libs/database';
import type { PublishRef } from '#libs/queue';
import { priorityName } from '../plan/message-plan.js';
import { messageDeltaSql } from '../message-status.js';
import { MAY_HAVE_ARRIVED, UNCLEAR_REASON } from '../unclear.sql.js';
import { SweepDigests } from './sweep-digests.js';
import { PoolStore } from './pool.store.js';
import { PAIRS, PRIORITY_LIST, PUBLISH, publishValues, type DueRef, type PublishPass } from './publish.sql.js';

interface PublishRow {
  readonly message_id: string;
  readonly no: number;
  readonly fence: number;
  readonly publish_no: number;
  readonly priority: number;
  readonly wait_ms: number;
}

/** Arbitrary constant: the advisory lock of the pass that lets deliveries of limited accounts go. */
const LETTING_GO = 7_261_883_402;

const UNPUBLISH = `
  UPDATE delivery d SET publish_at = coalesce(d.line_at, now() + interval '1 second')
  FROM unnest($1::uuid[], $2::integer[]) AS k (message_id, no)
  WHERE d.message_id = k.message_id AND d.no = k.no AND d.status IN ('accepted', 'scheduled')
    AND d.merged_into IS NULL`;

const AGAIN = `(d.unknowns < d.resend_budget AND d.recall_requested_at IS NULL)`;
const EVERY_ATTEMPT_LAPSED = `(d.attempts > 0 AND NOT EXISTS (
  SELECT FROM attempt a WHERE a.message_id = d.message_id AND a.delivery_no = d.no AND a.no <> d.fence
    AND a.reason IS DISTINCT FROM 'lease_expired'))`;

/**
 * Ends leases that ran out: nobody knows whether the call was made. The attempt says so; the delivery is repeated while
 * its budget for unclear outcomes lasts, else a person decides.
 */
const END_LEASES = new PreparedStatement(`
  WITH lapsed AS (
    SELECT message_id, no FROM delivery WHERE status = 'sending' AND lease_until < now()
    ORDER BY lease_until LIMIT $1 FOR UPDATE SKIP LOCKED
  ), ended AS (
    UPDATE delivery d SET
      status = CASE WHEN ${AGAIN} THEN 'scheduled' ELSE 'unknown' END,
      reason = CASE WHEN ${AGAIN} THEN 'ambiguous_retry'
                    WHEN ${EVERY_ATTEMPT_LAPSED} THEN 'crash_loop' ELSE 'lease_expired' END,
      attempts = d.attempts + 1, unknowns = d.unknowns + 1, lease_until = NULL,
      possible_duplicate = d.possible_duplicate OR (${AGAIN} AND d.resend_budget < ${RESENDS_AFTER_AMBIGUITY.protected}),
      next_attempt_at = CASE WHEN ${AGAIN} THEN now() END, publish_at = now(), updated_at = now()
    FROM lapsed l WHERE d.message_id = l.message_id AND d.no = l.no
    RETURNING d.message_id, d.no, d.fence, d.status, d.reason
  ), attempts AS (
    UPDATE attempt a SET finished_at = now(), outcome = 'unknown', reason = 'lease_expired'
    FROM ended e WHERE a.message_id = e.message_id AND a.delivery_no = e.no AND a.no = e.fence AND a.finished_at IS NULL
  ), rows AS (
    UPDATE recipient r SET status = 'unknown', reason = e.reason, updated_at = now()
    FROM ended e WHERE e.status = 'unknown' AND r.message_id = e.message_id AND r.delivery_no = e.no
      AND r.status = 'pending'
    RETURNING r.message_id, r.reason
  ), delta AS (SELECT message_id, count(*)::int AS n, max(reason) AS reason FROM rows GROUP BY message_id),
  counted AS (
    UPDATE message m SET
    ${messageDeltaSql('m', (status) => (status === 'unknown' ? 'delta.n' : '0'), 'delta.n', 'delta.reason')}
    FROM delta WHERE m.id = delta.message_id
  )
  SELECT count(*)::int AS count FROM ended`);

/** Waiting deliveries whose time is over; gates do not matter here. What is in a digest that is on its way ends with it. */
const EXPIRE = new PreparedStatement(`
  WITH late AS (
    SELECT message_id, no FROM delivery WHERE status IN ('accepted', 'scheduled') AND expire_at <= now()
      AND merged_into IS NULL
    ORDER BY expire_at LIMIT $1 FOR UPDATE SKIP LOCKED
  ), ended AS (
    UPDATE delivery d SET status = CASE WHEN ${MAY_HAVE_ARRIVED} THEN 'unknown' ELSE 'expired' END,
      reason = CASE WHEN ${MAY_HAVE_ARRIVED} THEN ${UNCLEAR_REASON} ELSE 'expired' END,
      next_attempt_at = NULL, updated_at = now()
    FROM late l WHERE d.message_id = l.message_id AND d.no = l.no
    RETURNING d.message_id, d.no, d.status, d.reason
  ), rows AS (
    UPDATE recipient r SET status = e.status, reason = e.reason, updated_at = now()
    FROM ended e WHERE r.message_id = e.message_id AND r.delivery_no = e.no AND r.status = 'pending'
    RETURNING r.message_id, r.status, r.reason
  ), delta AS (
    SELECT message_id, count(*)::int AS n, max(reason) AS reason,
      (count(*) FILTER (WHERE status = 'expired'))::int AS n_expired,
      (count(*) FILTER (WHERE status = 'unknown'))::int AS n_unknown FROM rows GROUP BY message_id),
  counted AS (
    UPDATE message m SET
    ${messageDeltaSql('m', (status) => (status === 'expired' || status === 'unknown' ? `delta.n_${status}` : '0'), 'delta.n', 'delta.reason')}
    FROM delta WHERE m.id = delta.message_id
  )
  SELECT count(*)::int AS count FROM ended`);

/** Whoever waits in an account's line for a time by limits that no longer hold. */
const RECONSIDER = `
  UPDATE delivery SET next_attempt_at = now(), updated_at = now()
  WHERE account = $1 AND status = 'scheduled' AND line_at IS NOT NULL AND reason IN ('quota', 'rate_limited')
    AND next_attempt_at > now()`;

/** Milliseconds until the next waiting delivery of any account is due; null when none waits. */
const NEXT_DUE = new PreparedStatement(`
  WITH RECURSIVE ${PAIRS}
  SELECT extract(epoch FROM min(next.publish_at) - now()) * 1000 AS ms
  FROM pair p
  CROSS JOIN LATERAL unnest(ARRAY[${PRIORITY_LIST}]::smallint[]) AS level (priority)
  CROSS JOIN LATERAL (
    SELECT publish_at FROM delivery
    WHERE account = p.account AND caller_id = p.caller_id AND status IN ('accepted', 'scheduled')
      AND priority = level.priority AND publish_at > now() AND publish_at < 'infinity'
    ORDER BY publish_at LIMIT 1) next`);

/** What the sweep asks of PostgreSQL. Every statement is safe to run in several processes at once. */
@Injectable()
export class SweepStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(PoolStore) private readonly pools: PoolStore,
    @Inject(SweepDigests) private readonly digests: SweepDigests,
  ) {}

  async takeDue(pass: PublishPass): Promise<readonly DueRef[]> {
    const rows = await this.database.transaction((sql) => this.letGo(pass, sql), { prepared: true });
    // The queue keeps the order in which it gets them: older messages first.
    rows.sort((a, b) => a.wait_ms - b.wait_ms || a.priority - b.priority || (a.message_id < b.message_id ? -1 : 1));
    return rows.map((row) => ({
      messageId: row.message_id,
      deliveryNo: row.no,
      fence: row.fence,
      publishNo: row.publish_no,
      priority: priorityName(row.priority),
      ...(row.wait_ms > 0 && { inMs: row.wait_ms }),
    }));
  }

  /** The queue did not take them: they are due again in a second. */
  async giveBack(refs: readonly PublishRef[]): Promise<void> {
    await this.database.query(UNPUBLISH, [refs.map((ref) => ref.messageId), refs.map((ref) => ref.deliveryNo)]);
  }

  /** After the limits of an account have changed: its line is let go by what holds now. */
  async reconsider(account: string): Promise<void> {
    await this.database.query(RECONSIDER, [account]);
  }

  async endLapsedLeases(limit: number): Promise<number> {
    return this.count(END_LEASES, limit);
  }

  async expire(limit: number): Promise<number> {
    await this.digests.releaseOutlived(limit);
    return this.count(EXPIRE, limit);
  }

  /** A pass was completed: written once a second, however many workers sweep. */
  async notePass(): Promise<void> {
    await this.database.query(`UPDATE sweep_pass SET passed_at = now() WHERE passed_at < now() - interval '1 second'`);
  }

  /** Since any worker has last completed a pass. */
  async ageMs(): Promise<number | undefined> {
    const [row] = await this.database.query<{ ms: number }>(
      'SELECT (extract(epoch FROM clock_timestamp() - passed_at) * 1000)::float8 AS ms FROM sweep_pass',
    );
    return row?.ms;
  }

  /** What digests carry ends with them. */
  followDigests(limit: number): Promise<number> {
    return this.digests.follow(limit);
  }

  async nextDueInMs(): Promise<number | undefined> {
    const [row] = await this.database.query<{ ms: string | null }>(NEXT_DUE);
    return row?.ms == null ? undefined : Number(row.ms);
  }

  private async letGo(pass: PublishPass, sql: Sql): Promise<PublishRow[]> {
    const [turn] = await sql.query<{ ours: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS ours', [LETTING_GO]);
    const mayLetGo = turn?.ours ?? false;
    if (mayLetGo) await this.pools.relieve(sql, pass.againMs);
    if (mayLetGo) await this.digests.gather(sql, pass.againMs);
    return sql.query<PublishRow>(PUBLISH, publishValues(pass, this.channels.list(), mayLetGo));
  }

  private async count(statement: PreparedStatement, limit: number): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(statement, [limit]);
    return row?.count ?? 0;
  }
}
