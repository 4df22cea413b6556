import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UnavailableError } from '#libs/core';
import { Database, PreparedStatement, createPartitions, isUniqueViolation, partitionedTables } from '#libs/database';
import { startTestDatabase, type TestDatabase } from '#libs/testing';

let server: TestDatabase;
let database: Database;

beforeAll(async () => {
  server = await startTestDatabase();
  database = new Database({ connectionString: server.url, maxConnections: 4, applicationName: 'test' });
  await database.query('CREATE TABLE counter (name text PRIMARY KEY, n integer NOT NULL)');
}, 60_000);

beforeEach(async () => {
  await database.query('TRUNCATE counter');
  await database.query(`INSERT INTO counter VALUES ('a', 0), ('b', 0)`);
});

afterAll(async () => {
  await database.close();
  await server.stop();
});

const counters = () => database.query('SELECT name, n FROM counter ORDER BY name');

/** Lets `parties` meet: resolves for all of them when the last one has come. */
function meetingOf(parties: number): () => Promise<void> {
  let left = parties;
  let open: () => void = () => undefined;
  const met = new Promise<void>((resolve) => (open = resolve));
  return () => {
    left -= 1;
    if (left <= 0) open();
    return met;
  };
}

describe('a transaction', () => {
  it('commits what was done', async () => {
    const answer = await database.transaction(async (sql) => {
      await sql.query(`UPDATE counter SET n = n + 1 WHERE name = 'a'`);
      return 'done';
    });
    expect(answer).toBe('done');
    await expect(counters()).resolves.toMatchObject([{ n: 1 }, { n: 0 }]);
  });

  it('undoes everything when anything throws, and the connection lives on', async () => {
    const work = database.transaction(async (sql) => {
      await sql.query(`UPDATE counter SET n = n + 1`);
      throw new TypeError('no');
    });
    await expect(work).rejects.toThrow('no');
    const refused = database.transaction(async (sql) => {
      await sql.query(`UPDATE counter SET n = n + 1`);
      await sql.query(`INSERT INTO counter VALUES ('a', 1)`);
    });
    expect(isUniqueViolation(await refused.catch((error: unknown) => error))).toBe(true);
    await expect(counters()).resolves.toMatchObject([{ n: 0 }, { n: 0 }]);
  });

  it('that was chosen to end a deadlock is repeated as a whole', async () => {
    const meet = meetingOf(2);
    let runs = 0;
    const cross = (first: string, second: string) =>
      database.transaction(async (sql) => {
        runs += 1;
        await sql.query('UPDATE counter SET n = n + 1 WHERE name = $1', [first]);
        await meet();
        await sql.query('UPDATE counter SET n = n + 1 WHERE name = $1', [second]);
      });
    await Promise.all([cross('a', 'b'), cross('b', 'a')]);
    expect(runs).toBe(3);
    await expect(counters()).resolves.toMatchObject([{ n: 2 }, { n: 2 }]);
  });
});

describe('a statement', () => {
  it('that was chosen to end a deadlock is repeated', async () => {
    const meet = meetingOf(2);
    const transaction = database.transaction(async (sql) => {
      await sql.query(`UPDATE counter SET n = n + 1 WHERE name = 'b'`);
      await meet();
      await sql.query(`SELECT pg_sleep(0.2)`);
      await sql.query(`UPDATE counter SET n = n + 1 WHERE name = 'a'`);
    });
    await meet();
    // Locks a, then waits for b, which the transaction holds while it wants a.
    const statement = database.query(`
      WITH first AS (UPDATE counter SET n = n + 10 WHERE name = 'a' RETURNING n)
      UPDATE counter SET n = counter.n + 10 FROM first WHERE name = 'b'`);
    await Promise.all([transaction, statement]);
    await expect(counters()).resolves.toMatchObject([{ n: 11 }, { n: 11 }]);
  });

  it('that is wrong is refused as PostgreSQL says it', async () => {
    await expect(database.query('SELEC 1')).rejects.toMatchObject({ code: '42601' });
  });
});

describe('a server that is away', () => {
  it('is told as unavailable, for statements and transactions', async () => {
    const away = new Database({
      connectionString: 'postgresql://nobody@127.0.0.1:1/none',
      maxConnections: 1,
      applicationName: 'test',
    });
    await expect(away.query('SELECT 1')).rejects.toThrow(UnavailableError);
    await expect(away.transaction(() => Promise.resolve(1))).rejects.toThrow(UnavailableError);
    await away.close();
  });

  it('in the middle of a statement is told as unavailable, and the pool recovers', async () => {
    const kill = database.query('SELECT pg_terminate_backend(pg_backend_pid())');
    await expect(kill).rejects.toThrow(UnavailableError);
    await expect(database.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
  });

  it('in the middle of a transaction leaves nothing of it behind', async () => {
    const work = database.transaction(async (sql) => {
      await sql.query(`UPDATE counter SET n = n + 1`);
      await sql.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await expect(work).rejects.toThrow(UnavailableError);
    await expect(counters()).resolves.toMatchObject([{ n: 0 }, { n: 0 }]);
  });
});

describe('who waits for a server', () => {
  const work = (seconds: number): Promise<unknown> =>
    database.inTime(database.query(`SELECT pg_sleep(${seconds})`), 50);

  it('is told soon that it says nothing', async () => {
    await expect(work(5)).rejects.toThrow(UnavailableError);
  });

  it('is not turned away while it answers others', async () => {
    let isOver = false;
    const slow = work(2).finally(() => (isOver = true));
    while (!isOver) await database.query('SELECT pg_sleep(0.1)');
    await expect(slow).resolves.toHaveLength(1);
  });
});

describe('a prepared statement', () => {
  const statement = new PreparedStatement(
    `SELECT n, current_setting('plan_cache_mode') AS mode FROM counter WHERE name = $1`,
  );

  it('is planned once, on connections of its own', async () => {
    for (const name of ['a', 'b', 'a']) {
      await expect(database.query(statement, [name])).resolves.toEqual([{ n: 0, mode: 'force_generic_plan' }]);
    }
    await expect(database.query(statement.text, ['a'])).resolves.toEqual([{ n: 0, mode: 'auto' }]);
  });

  it('may be part of a transaction', async () => {
    const plans = (prepared: boolean) =>
      database.transaction(
        async (sql) => {
          await sql.query(statement, ['a']);
          return sql.query(`SELECT generic_plans > 0 AS kept FROM pg_prepared_statements WHERE statement = $1`, [
            statement.text,
          ]);
        },
        { prepared },
      );
    await expect(plans(true)).resolves.toEqual([{ kept: true }]);
    await expect(plans(false)).resolves.toEqual([]);
  });

  it('is planned anew when the table has changed', async () => {
    await database.query(statement, ['a']);
    await Promise.all([1, 2, 3, 4].map(() => database.query(statement, ['a'])));
    await database.query(`ALTER TABLE counter ADD COLUMN more integer, ALTER COLUMN n TYPE bigint`);
    await expect(database.query(statement, ['b'])).resolves.toMatchObject([{ n: expect.anything() }]);
    await database.query(`ALTER TABLE counter DROP COLUMN more, ALTER COLUMN n TYPE integer`);
  });
});

describe('the monthly partitions', () => {
  const names = async (): Promise<string[]> =>
    (
      await database.query<{ name: string }>(
        `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
         JOIN pg_class p ON p.oid = i.inhparent WHERE p.relname = 'message' ORDER BY 1`,
      )
    ).map(({ name }) => name);

  it('are made from last month on, ahead of time, and making them again does nothing', async () => {
    const march = new Date('2031-03-15T00:00:00.000Z');
    const run = (sql: string): Promise<unknown> => database.query(sql);
    await createPartitions(run, march);
    const made = await names();
    expect(made).toEqual(
      expect.arrayContaining(['message_2031_02', 'message_2031_03', 'message_2031_06', 'message_default']),
    );
    await createPartitions(run, march);
    await expect(names()).resolves.toEqual(made);
  });

  it('take rows by the time inside their id', async () => {
    for (const table of partitionedTables) {
      const [row] = await database.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}_default`);
      expect([table, row?.n]).toEqual([table, 0]);
    }
  });
});
