import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { Database, type Sql } from '#libs/database';
import { GRAINS, KEY_COLUMNS, tableOf, type Grain } from './stat-tables.js';

/** Deltas that one statement folds. */
const PAGE = 10_000;
/** Old figures that one statement deletes. */
const PURGED_AT_ONCE = 5_000;

const START: Readonly<Record<Grain, string>> = {
  minute: 'at',
  hour: `date_trunc('hour', at, 'UTC')`,
  day: `date_trunc('day', at, $1)`,
};

/** How fast accounts send is asked of the last minutes only. */
const KEPT: Readonly<Record<Grain, string>> = {
  minute: 'true',
  hour: `measure <> 'emptied'`,
  day: `measure <> 'emptied'`,
};

/** Rows in the order of their key, so that two writers could not wait for each other. */
const addTo = (grain: Grain): string => `
  INSERT INTO ${tableOf(grain)} AS s (${KEY_COLUMNS}, n)
  SELECT measure, ${START[grain]}, caller_id, template, channel, account, label, detail, sum(n)
  FROM taken WHERE ${KEPT[grain]} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(n) <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
  ON CONFLICT (${KEY_COLUMNS}) DO UPDATE SET n = s.n + excluded.n`;

/** Takes deltas away and adds them on every level in one statement: whatever happens, both or neither. */
const FOLD = `
  WITH taken AS (
    DELETE FROM stat_delta WHERE ctid = ANY (ARRAY(SELECT ctid FROM stat_delta LIMIT ${PAGE})) RETURNING *
  ), ${GRAINS.map((grain) => `on_${grain} AS (${addTo(grain)})`).join(', ')}
  SELECT count(*)::int AS folded FROM taken`;

/** A minute that an hour's recount still needs is not forgotten before it. */
const FORGET: Readonly<Record<Grain, string>> = {
  minute: `at < now() - $1 * interval '1 day' AND at < coalesce((SELECT min(hour) FROM stat_recount WHERE is_due), 'infinity')`,
  hour: `at < now() - $1 * interval '1 day'`,
  day: `at < now() - $1 * interval '1 day'`,
};

/** Brings the appended deltas into the tables that are read, and forgets what is older than it is kept. */
@Injectable()
export class StatFoldStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** Folds one page; answers how many deltas it held, 0 also while another process folds. */
  async foldPage(): Promise<number> {
    return this.database.transaction(async (sql) => {
      if (!(await isFirst(sql))) return 0;
      const [row] = await sql.query<{ folded: number }>(FOLD, [this.config.stats.timeZone]);
      return row?.folded ?? 0;
    });
  }

  /** Folds everything that was there when it began. */
  async fold(): Promise<void> {
    while ((await this.foldPage()) === PAGE);
  }

  /** Deletes one page of what is older than it is kept; answers how many rows that were. */
  async forgetPage(): Promise<number> {
    const { dayDays, hourDays, minuteDays } = this.config.stats;
    const days: Readonly<Record<Grain, number>> = { minute: minuteDays, hour: hourDays, day: dayDays };
    let forgotten = 0;
    for (const grain of GRAINS.filter((name) => days[name] !== Infinity)) {
      const rows = await this.database.query(
        `DELETE FROM ${tableOf(grain)} WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM ${tableOf(grain)} WHERE ${FORGET[grain]} LIMIT ${PURGED_AT_ONCE})) RETURNING 1 AS one`,
        [days[grain]],
      );
      forgotten += rows.length;
    }
    return forgotten;
  }
}

/** One process folds at a time: the lock ends with the transaction. */
async function isFirst(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ held: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtext('hongyan.stats.fold')) AS held`,
  );
  return row?.held ?? false;
}
