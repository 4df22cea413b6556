import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { UnavailableError } from '#libs/core';
import { migrateQueue } from '#libs/queue';
import { startTestDatabase, testConfig, waitFor, type TestDatabase } from '#libs/testing';
import { makeRef, QueueProcess } from './queue-harness.js';

jest.setTimeout(60_000);

/** Runs as the server's administrator beside the database: what it does to it looks like an outage from inside. */
async function administer(database: TestDatabase, ...statements: readonly string[]): Promise<void> {
  const url = new URL(database.url);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

describe('the queue on PostgreSQL while the database is away', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startTestDatabase();
    await migrateQueue(testConfig({ databaseUrl: database.url }));
  });
  afterAll(() => database.stop());

  it('fails fast, and publishes and works again without a restart', async () => {
    const name = new URL(database.url).pathname.slice(1);
    const queue = await QueueProcess.start(testConfig({ databaseUrl: database.url }));
    let runs = 0;
    await queue.work(async () => void (runs += 1));
    await queue.producer.publish([makeRef()]);
    await waitFor(() => runs === 1);

    await administer(
      database,
      `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
    );
    await expect(queue.producer.publish([makeRef()])).rejects.toThrow(UnavailableError);
    expect(await queue.health.check()).toMatchObject({ state: 'down' });

    await administer(database, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await queue.producer.publish([makeRef()]);
    await waitFor(() => runs === 2, { deadlineMs: 25_000 });
    await queue.close();
  });
});
