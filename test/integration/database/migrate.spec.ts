import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { QueryRunner } from 'typeorm';
import { Database, migrate, partitionedTables } from '#libs/database';
import { startEmptyDatabase, waitFor, type TestDatabase } from '#libs/testing';
import { MIGRATIONS } from '../../../migrations/index.js';

let server: TestDatabase;
let database: Database;

beforeAll(async () => {
  server = await startEmptyDatabase();
  database = new Database({ connectionString: server.url, maxConnections: 2, applicationName: 'test' });
}, 60_000);

afterAll(async () => {
  await database.close();
  await server.stop();
});

const run = () => migrate({ databaseUrl: server.url, migrations: MIGRATIONS });

/** Somebody waits for a lock in a statement that begins so. */
async function waits(beginning: string): Promise<boolean> {
  const rows = await database.query(
    `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()
       AND starts_with(query, $1)`,
    [beginning],
  );
  return rows.length > 0;
}

describe('the migrations', () => {
  it('run once, though several runners start at once', async () => {
    const done = await Promise.all([run(), run(), run()]);
    expect(done.map((names) => names.length).sort()).toEqual([0, 0, MIGRATIONS.length]);
    await expect(database.query('SELECT name FROM schema_migration')).resolves.toHaveLength(MIGRATIONS.length);
  }, 60_000);

  it('have nothing left to do afterwards', async () => {
    await expect(run()).resolves.toEqual([]);
  });

  it('wait for those at work, without holding everybody up for longer than two seconds', async () => {
    class Further9000000000001 {
      name = 'Further9000000000001';
      up = (runner: QueryRunner): Promise<void> => runner.query('ALTER TABLE message ADD COLUMN further text');
      down = (runner: QueryRunner): Promise<void> => runner.query('ALTER TABLE message DROP COLUMN further');
    }
    let migrating: Promise<readonly string[]> | undefined;
    await database.transaction(async (sql) => {
      await sql.query('LOCK TABLE message IN ROW EXCLUSIVE MODE');
      migrating = migrate({ databaseUrl: server.url, migrations: [...MIGRATIONS, Further9000000000001] });
      await waitFor(() => waits('ALTER TABLE message'), { deadlineMs: 10_000, what: 'a migration that waits' });
      await waitFor(async () => !(await waits('ALTER TABLE message')), { deadlineMs: 5_000, what: 'its giving up' });
    });
    await expect(migrating).resolves.toEqual(['Further9000000000001']);
    await database.query('ALTER TABLE message DROP COLUMN further');
    await database.query(`DELETE FROM schema_migration WHERE name LIKE 'Further%'`);
  }, 30_000);

  it('give the message tables a partition for now and for the coming months', async () => {
    const month = new Date().toISOString().slice(0, 7).replace('-', '_');
    for (const table of partitionedTables) {
      await expect(database.query(`SELECT to_regclass('${table}_${month}') IS NOT NULL AS there`)).resolves.toEqual([
        { there: true },
      ]);
    }
  });
});
