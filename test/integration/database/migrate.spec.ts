import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, migrate, partitionedTables } from '#libs/database';
import { startEmptyDatabase, type TestDatabase } from '#libs/testing';
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

describe('the migrations', () => {
  it('run once, though several runners start at once', async () => {
    const done = await Promise.all([run(), run(), run()]);
    expect(done.map((names) => names.length).sort()).toEqual([0, 0, MIGRATIONS.length]);
    await expect(database.query('SELECT name FROM schema_migration')).resolves.toHaveLength(MIGRATIONS.length);
  }, 60_000);

  it('have nothing left to do afterwards', async () => {
    await expect(run()).resolves.toEqual([]);
  });

  it('give the message tables a partition for now and for the coming months', async () => {
    const month = new Date().toISOString().slice(0, 7).replace('-', '_');
    for (const table of partitionedTables) {
      await expect(database.query(`SELECT to_regclass('${table}_${month}') IS NOT NULL AS there`)).resolves.toEqual([
        { there: true },
      ]);
    }
  });
});
