import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Database, UnnestTable } from '#libs/database';
import { firstSlotSql, limitRows, slotSql, type LimitRow } from './ledger.sql.js';
import type { AppliedLimit } from './applied-limits.js';

interface Tally {
  readonly limits: readonly AppliedLimit[];
  calls: number;
  people: number;
}

interface TallyRow {
  readonly account: string;
  readonly calls: number;
  readonly people: number;
}

const EVERY_MS = 1_000;

const tallyRows = new UnnestTable<TallyRow>('t', {
  account: ['text', ({ account }) => account],
  calls: ['integer', ({ calls }) => calls],
  people: ['integer', ({ people }) => people],
});

const ADD = `
  WITH spec AS MATERIALIZED (
    SELECT s.*, ${slotSql('s', 'now()')} AS slot, ${firstSlotSql('s')} AS first
    FROM ${limitRows.from(1 + tallyRows.width)}),
  tally AS MATERIALIZED (
    SELECT t.*, p.keys, p.slots, p.counts FROM ${tallyRows.from(1)}
    CROSS JOIN LATERAL (
      SELECT array_agg(s.key ORDER BY s.key) AS keys, array_agg(s.slot ORDER BY s.key) AS slots,
        array_agg(CASE WHEN s.people THEN t.people ELSE t.calls END ORDER BY s.key) AS counts
      FROM spec s WHERE s.account = t.account) p)
  INSERT INTO limit_window AS w (account, subject, keys, slots, counts)
  SELECT account, '', keys, slots, counts FROM tally ORDER BY account
  ON CONFLICT (account, subject) DO UPDATE SET used_at = now(), (keys, slots, counts) = (
    SELECT coalesce(array_agg(key), '{}'), coalesce(array_agg(slot), '{}'), coalesce(array_agg(n), '{}')
    FROM (SELECT key, slot, greatest(0, sum(n))::int AS n FROM (
      SELECT k.key, k.slot, k.n FROM unnest(w.keys, w.slots, w.counts) AS k (key, slot, n)
      LEFT JOIN spec s ON s.account = w.account AND s.key = k.key WHERE s.key IS NULL OR k.slot >= s.first
      UNION ALL SELECT * FROM unnest(excluded.keys, excluded.slots, excluded.counts)) parts GROUP BY key, slot) summed)`;

/**
 * Counts the calls of accounts that no limit holds back: in memory, written once a second, so that a call pays nothing.
 * What a crash loses is less than a second of a figure that nothing is decided by.
 */
@Injectable()
export class CallTally implements BeforeApplicationShutdown {
  private readonly logger = new Logger(CallTally.name);
  private tallies = new Map<string, Tally>();
  private timer: NodeJS.Timeout | undefined;

  constructor(@Inject(Database) private readonly database: Database) {}

  /** A call through the account; one that never left is counted back with a negative number. */
  count(account: string, limits: readonly AppliedLimit[], people: number, calls: 1 | -1 = 1): void {
    const ceilings = limits.filter(({ max, scope }) => scope === 'account' && max === null);
    if (ceilings.length === 0) return;
    const tally = this.tallies.get(account) ?? { limits: ceilings, calls: 0, people: 0 };
    this.tallies.set(account, tally);
    tally.calls += calls;
    tally.people += calls * people;
    this.timer ??= setTimeout(() => void this.flush(), EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  /** Writes what was counted; what PostgreSQL does not take is counted with the next. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const tallies = this.tallies;
    if (tallies.size === 0) return;
    this.tallies = new Map();
    try {
      await this.write(tallies);
    } catch (error) {
      this.logger.warn(`Calls could not be counted and are counted later: ${String(error)}`);
      for (const [account, tally] of tallies) this.keep(account, tally);
    }
  }

  private async write(tallies: ReadonlyMap<string, Tally>): Promise<void> {
    const rows = [...tallies].map(([account, { calls, people }]) => ({ account, calls, people }));
    const limits = [...tallies].flatMap(([account, tally]): LimitRow[] =>
      tally.limits.map((limit) => ({ account, limit })),
    );
    await this.database.query(ADD, [...tallyRows.values(rows), ...limitRows.values(limits)]);
  }

  private keep(account: string, { calls, limits, people }: Tally): void {
    const tally = this.tallies.get(account) ?? { limits, calls: 0, people: 0 };
    this.tallies.set(account, { ...tally, calls: tally.calls + calls, people: tally.people + people });
  }
}
