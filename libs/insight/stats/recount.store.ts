import { Inject, Injectable } from '@nestjs/common';
import { lowestIdAt } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import { RECOUNT } from './recount.sql.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const MINUTES = 60;

/** A figure that the roll-up had wrong, by how much. */
export interface Difference {
  readonly measure: string;
  readonly label: string;
  readonly detail: string;
  readonly n: number;
}

/** An hour whose figures were, or will be, counted again. */
export interface RecountedHour {
  readonly hour: Date;
  readonly isDue: boolean;
  readonly countedAt?: Date;
  /** Sum of what was put right, regardless of the sign. */
  readonly differences: number;
}

/** A minute that was counted again, and what was wrong with it. */
export interface CountedMinute {
  readonly minute: Date;
  /** Accepted before anybody counted: all of it is new to the roll-up. */
  readonly isHistory: boolean;
  readonly differences: readonly Difference[];
}

interface DueRow {
  readonly hour: Date;
  readonly is_history: boolean;
  readonly next_minute: number;
}

interface HourRow {
  readonly hour: Date;
  readonly is_due: boolean;
  readonly counted_at: Date | null;
  readonly differences: string;
}

/** Hours of which neither rows nor minutes are gone, and that have begun: $1 to $2, not older than $3 days. */
const HOURS = `
  SELECT h FROM generate_series(date_trunc('hour', $1::timestamptz, 'UTC'), $2::timestamptz - interval '1 ms', interval '1 hour') h
  WHERE h >= now() - $3 * interval '1 day' AND h <= now()`;

/** Asked again while it is due, an hour begins anew; what was found in it stays. */
const ASK = `
  INSERT INTO stat_recount AS s (hour) ${HOURS}
  ON CONFLICT (hour) DO UPDATE SET is_due = true, next_minute = 0,
    differences = CASE WHEN s.is_due THEN s.differences ELSE 0 END
  RETURNING hour`;

/** Whoever asks second finds the hours due or counted. */
const ASK_NIGHTLY = `
  INSERT INTO stat_recount AS s (hour) ${HOURS}
  ON CONFLICT (hour) DO UPDATE SET is_due = true, next_minute = 0, differences = 0
  WHERE NOT s.is_due AND s.counted_at < $2`;

const TAKE = `
  SELECT hour, is_history, next_minute FROM stat_recount WHERE is_due ORDER BY hour DESC LIMIT 1 FOR UPDATE`;

const LEAVE = `
  UPDATE stat_recount SET next_minute = $2::smallint, is_due = $2::smallint < ${MINUTES}, is_history = is_history AND $2::smallint < ${MINUTES},
    counted_at = CASE WHEN $2::smallint < ${MINUTES} THEN counted_at ELSE now() END, differences = differences + $3
  WHERE hour = $1`;

/** Counts figures from the rows again, minute by minute. What it finds it puts right and remembers. */
@Injectable()
export class RecountStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The hours before a night, once: to be called again and again, by every process. */
  async askNightly(night: Date, hours: number, days: number): Promise<void> {
    await this.database.query(ASK_NIGHTLY, [new Date(night.getTime() - hours * HOUR_MS), night, days]);
  }

  /** Hours from `from` on and before `to`, of those not older than `days`; answers which they are. */
  async ask(from: Date, to: Date, days: number): Promise<readonly Date[]> {
    const rows = await this.database.query<{ hour: Date }>(ASK, [from, to, days]);
    return rows.map(({ hour }) => hour).sort((a, b) => a.getTime() - b.getTime());
  }

  /**
   * Counts the next minute of the latest hour that is due; undefined when none is due
   * or another process counts.
   */
  async countNext(): Promise<CountedMinute | undefined> {
    return this.database.transaction(async (sql) => {
      // Two that count the same minute at once would both put it right.
      const [lock] = await sql.query<{ held: boolean }>(
        `SELECT pg_try_advisory_xact_lock(hashtext('hongyan.stats.recount')) AS held`,
      );
      const [due] = lock?.held ? await sql.query<DueRow>(TAKE) : [];
      if (!due) return undefined;
      const minute = new Date(due.hour.getTime() + due.next_minute * MINUTE_MS);
      const differences = await countMinute(minute, sql);
      const total = differences.reduce((sum, { n }) => sum + Math.abs(n), 0);
      await sql.query(LEAVE, [due.hour, due.next_minute + 1, total]);
      return { minute, isHistory: due.is_history, differences };
    });
  }

  /** Newest hours first. */
  async list(limit: number): Promise<readonly RecountedHour[]> {
    const rows = await this.database.query<HourRow>(
      'SELECT hour, is_due, counted_at, differences FROM stat_recount ORDER BY hour DESC LIMIT $1',
      [limit],
    );
    return rows.map(({ counted_at: countedAt, differences, hour, is_due: isDue }) => ({
      hour,
      isDue,
      ...(countedAt && { countedAt }),
      differences: Number(differences),
    }));
  }

  /** What is known of hours long ago is of no use. */
  async forget(days: number): Promise<void> {
    await this.database.query(`DELETE FROM stat_recount WHERE NOT is_due AND hour < now() - $1 * interval '1 day'`, [
      days,
    ]);
  }
}

async function countMinute(minute: Date, sql: Sql): Promise<readonly Difference[]> {
  const end = new Date(minute.getTime() + MINUTE_MS);
  return sql.query<Difference & object>(RECOUNT, [lowestIdAt(minute), lowestIdAt(end), minute]);
}
