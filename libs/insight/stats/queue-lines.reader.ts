import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { priorityName, type Priority } from '#libs/messages';

/** Minutes over which the speed of an account is taken, beside the one that is not over. */
const RATE_MINUTES = 5;

/** What holds a line back until somebody lets it go. */
export interface LinePause {
  readonly what: 'queue' | 'account';
  readonly by?: string;
  readonly reason?: string;
  readonly since?: Date;
}

/** The unfinished deliveries of one account and priority. */
export interface QueueLine {
  readonly channel: string;
  readonly account: string;
  readonly priority: Priority;
  /** Due: nobody sends them yet. */
  readonly waiting: number;
  /** Being sent. */
  readonly active: number;
  /** Due later. */
  readonly delayed: number;
  /** Age of the oldest one that is due. */
  readonly oldestAgeMs?: number;
  /** Deliveries that the account finished per minute, of late. */
  readonly ratePerMinute: number;
  /** How long what waits in this line and before it lasts at that rate; absent while nothing moves. */
  readonly etaSeconds?: number;
  readonly paused?: LinePause;
}

interface LineRow {
  readonly channel: string;
  readonly account: string;
  readonly priority: number;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly oldest_ms: number | null;
  /** Due deliveries of the account in this line and those that go first. */
  readonly ahead: number;
  readonly rate: number;
  readonly account_paused: boolean | null;
  readonly paused_by: string | null;
  readonly paused_reason: string | null;
  readonly paused_at: Date | null;
  readonly queue_paused: boolean | null;
  readonly actor: string | null;
  readonly reason: string | null;
  readonly updated_at: Date | null;
}

/** Both halves have a partial index that holds unfinished deliveries only. What a digest carries is counted as the digest. */
const LINES = `
  WITH open AS (
    SELECT channel, account, priority, next_attempt_at IS NOT NULL AND next_attempt_at > now() AS is_later,
      false AS is_active, count(*)::int AS n, min(created_at) AS oldest
    FROM delivery WHERE status IN ('accepted', 'scheduled') AND merged_into IS NULL GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT channel, account, priority, false, true, count(*)::int, NULL
    FROM delivery WHERE status = 'sending' GROUP BY 1, 2, 3
  ), line AS (
    SELECT channel, account, priority,
      coalesce(sum(n) FILTER (WHERE NOT is_active AND NOT is_later), 0)::int AS waiting,
      coalesce(sum(n) FILTER (WHERE is_active), 0)::int AS active,
      coalesce(sum(n) FILTER (WHERE is_later), 0)::int AS delayed,
      extract(epoch FROM now() - min(oldest) FILTER (WHERE NOT is_active AND NOT is_later))::float8 * 1000 AS oldest_ms
    FROM open GROUP BY 1, 2, 3
  ), speed AS (
    SELECT channel, account, sum(n) / (${RATE_MINUTES} + extract(second FROM now()) / 60) AS rate FROM (
      SELECT * FROM stat_minute UNION ALL SELECT * FROM stat_delta) s
    WHERE measure = 'emptied' AND at >= date_trunc('minute', now()) - interval '${RATE_MINUTES} minutes'
    GROUP BY 1, 2
  )
  SELECT l.*, sum(l.waiting) OVER (PARTITION BY l.channel, l.account ORDER BY l.priority)::int AS ahead,
    coalesce(s.rate, 0)::float8 AS rate, a.status = 'paused' AS account_paused, a.paused_by, a.paused_reason, a.paused_at,
    g.paused AS queue_paused, g.actor, g.reason, g.updated_at
  FROM line l
  LEFT JOIN speed s USING (channel, account)
  LEFT JOIN account a ON a.code = l.account
  LEFT JOIN queue_gate g ON g.channel = l.channel
  ORDER BY l.channel, l.account, l.priority`;

/** What waits, by account and priority, counted now. */
@Injectable()
export class QueueLinesReader {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** By channel, account, and the line that goes first. */
  async read(): Promise<readonly QueueLine[]> {
    return (await this.database.query<LineRow>(LINES)).map(lineOf);
  }
}

function lineOf(row: LineRow): QueueLine {
  const paused = pauseOf(row);
  const moves = row.rate > 0 && !paused;
  return {
    channel: row.channel,
    account: row.account,
    priority: priorityName(row.priority),
    waiting: row.waiting,
    active: row.active,
    delayed: row.delayed,
    ratePerMinute: Math.round(row.rate * 10) / 10,
    ...(row.oldest_ms !== null && { oldestAgeMs: Math.max(0, Math.round(row.oldest_ms)) }),
    ...(moves && { etaSeconds: Math.ceil((row.ahead / row.rate) * 60) }),
    ...(paused && { paused }),
  };
}

function pauseOf(row: LineRow): LinePause | undefined {
  if (row.queue_paused) return pause('queue', row.actor, row.reason, row.updated_at);
  return row.account_paused ? pause('account', row.paused_by, row.paused_reason, row.paused_at) : undefined;
}

const pause = (what: LinePause['what'], by: string | null, reason: string | null, since: Date | null): LinePause => ({
  what,
  ...(by !== null && { by }),
  ...(reason !== null && { reason }),
  ...(since !== null && { since }),
});
