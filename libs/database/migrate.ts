import { setTimeout as delay } from 'node:timers/promises';
import { DataSource, type MixedList } from 'typeorm';
import { isLockTimeout, isRepeatable } from './sql-errors.js';

/** Arbitrary constant: the advisory lock that lets one migration runner work at a time. */
const MIGRATION_LOCK = 7_261_883_401;

/** Everybody waits behind a migration that waits for a table: it gives up soon, and tries again. */
const LOCK_TIMEOUT_MS = 2_000;
const PAUSE_MS = 500;
const MOST_TRIES = 60;

type MigrationClass = MixedList<new () => object>;

export interface MigrateOptions {
  readonly databaseUrl: string;
  readonly migrations: MigrationClass;
}

/**
 * Brings the schema up to date. Several runners may start at once: one works, the others wait and find it done. Processes
 * may be at work meanwhile: what meets them in a deadlock, or waits for longer than two seconds, begins again.
 */
export async function migrate({ databaseUrl, migrations }: MigrateOptions): Promise<readonly string[]> {
  const source = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    migrations: migrations as never,
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
    extra: { options: `-c lock_timeout=${LOCK_TIMEOUT_MS}` },
  });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.connect();
    await lock.query('SET lock_timeout = 0');
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const before = new Set(await namesOf(source));
    await runAll(source);
    return (await namesOf(source)).filter((name) => !before.has(name));
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
    await source.destroy();
  }
}

/** Each migration is a transaction of its own: those that are done stay done. */
async function runAll(source: DataSource): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await source.runMigrations();
      return;
    } catch (error) {
      if (tries >= MOST_TRIES || !(isLockTimeout(error) || isRepeatable(error))) throw error;
      await delay(PAUSE_MS);
    }
  }
}

/** Of the migrations that were run, oldest first. */
async function namesOf(source: DataSource): Promise<string[]> {
  const [table] = await source.query<{ there: boolean }[]>(
    `SELECT to_regclass('schema_migration') IS NOT NULL AS there`,
  );
  if (!table?.there) return [];
  const rows = await source.query<{ name: string }[]>('SELECT name FROM schema_migration ORDER BY id');
  return rows.map(({ name }) => name);
}
