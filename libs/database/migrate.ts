import { DataSource, type MixedList } from 'typeorm';

/** Arbitrary constant: the advisory lock that lets one migration runner work at a time. */
const MIGRATION_LOCK = 7_261_883_401;

type MigrationClass = MixedList<new () => object>;

export interface MigrateOptions {
  readonly databaseUrl: string;
  readonly migrations: MigrationClass;
}

/** Brings the schema up to date. Several runners may start at once: one works, the others wait and find it done. */
export async function migrate({ databaseUrl, migrations }: MigrateOptions): Promise<readonly string[]> {
  const source = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    migrations: migrations as never,
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
  });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.connect();
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const done = await source.runMigrations();
    return done.map((migration) => migration.name);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
    await source.destroy();
  }
}
