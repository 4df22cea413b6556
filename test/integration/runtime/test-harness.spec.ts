import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startEmptyDatabase, startTestDatabase, startTestRedis, waitFor, type TestDatabase } from '#libs/testing';

async function query(url: string, sql: string): Promise<readonly object[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const answer = client.query<object>(sql);
  return answer.then(({ rows }) => rows).finally(() => client.end());
}

describe('test databases', () => {
  let first: TestDatabase;
  beforeAll(async () => {
    first = await startTestDatabase();
  }, 60_000);
  afterAll(() => first.stop());

  it('have the schema and no messages', async () => {
    expect(await query(first.url, 'SELECT * FROM message')).toEqual([]);
  });

  it('do not see each other', async () => {
    const second = await startTestDatabase();
    await query(second.url, 'CREATE TABLE only_here (id int)');
    await expect(query(first.url, 'SELECT * FROM only_here')).rejects.toThrow(/does not exist/);
    await second.stop();
  });

  it('are gone after they were stopped, although a client is connected', async () => {
    const database = await startTestDatabase();
    const client = new pg.Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
    await database.stop();
    await expect(query(database.url, 'SELECT 1')).rejects.toThrow(/does not exist/);
    await client.end().catch(() => undefined);
  });

  it('come without any table when asked for', async () => {
    const database = await startEmptyDatabase();
    const sql = `SELECT 1 FROM pg_tables WHERE schemaname = 'public'`;
    expect(await query(database.url, sql)).toEqual([]);
    await database.stop();
  });
});

describe('test Redis servers', () => {
  it('come back empty on the port where one was stopped', async () => {
    const first = await startTestRedis();
    await first.stop();
    const second = await startTestRedis({ port: first.port });
    expect(second.url).toBe(first.url);
    await second.stop();
  });
});

describe('waitFor', () => {
  it('answers the first truthy value', async () => {
    let calls = 0;
    await expect(waitFor(() => (calls += 1) > 2 && calls, { intervalMs: 1 })).resolves.toBe(3);
  });

  it('reports the last failed expectation when the deadline passes', async () => {
    const condition = (): void => expect(1).toBe(2);
    await expect(waitFor(condition, { deadlineMs: 30, intervalMs: 5 })).rejects.toThrow('toBe');
  });

  it('says what it waited for', async () => {
    await expect(waitFor(() => false, { deadlineMs: 10, what: 'rain' })).rejects.toThrow('rain');
  });
});
