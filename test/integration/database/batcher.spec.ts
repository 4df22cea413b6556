import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Batcher, Database, UnnestTable } from '#libs/database';
import { startTestDatabase, type TestDatabase } from '#libs/testing';

interface Change {
  readonly key: string;
  /** More than 32 bits do not fit: a data error of this row alone. */
  readonly by: number;
}

let server: TestDatabase;
let processes: readonly Database[];

beforeAll(async () => {
  server = await startTestDatabase();
  const options = { connectionString: server.url, maxConnections: 4, applicationName: 'test' };
  processes = [new Database(options), new Database(options)];
  await query('CREATE TABLE tally (key text PRIMARY KEY, n integer NOT NULL CHECK (n >= 0))');
}, 60_000);

beforeEach(() => query('TRUNCATE tally'));

afterAll(async () => {
  await Promise.all(processes.map((database) => database.close()));
  await server.stop();
});

const query = <Row extends object>(text: string): Promise<Row[]> => {
  const [database] = processes;
  if (!database) throw new TypeError('not started');
  return database.query<Row>(text);
};

const changes = new UnnestTable<Change>('c', { key: ['text', ({ key }) => key], by: ['text', ({ by }) => String(by)] });
const ADD = `
  INSERT INTO tally AS t (key, n) SELECT key, by::integer FROM ${changes.from(1)}
  ON CONFLICT (key) DO UPDATE SET n = t.n + excluded.n RETURNING key, n`;

/** Adds to counters, many in one statement; remembers how large its statements were. */
function tallyOn(database: Database, lanes = 2) {
  const sizes: number[] = [];
  const batcher = new Batcher<Change, number>({
    name: 'changes',
    keyOf: ({ key }) => key,
    maxBatch: 50,
    maxWaiting: 10_000,
    lanes,
    run: async (batch) => {
      sizes.push(batch.length);
      const rows = await database.query<{ key: string; n: number }>(ADD, changes.values(batch));
      const byKey = new Map(rows.map(({ key, n }) => [key, n]));
      return batch.map(({ key }) => byKey.get(key) ?? Number.NaN);
    },
  });
  return { batcher, sizes };
}

const tally = async (): Promise<Record<string, number>> =>
  Object.fromEntries((await query<{ key: string; n: number }>('SELECT * FROM tally')).map(({ key, n }) => [key, n]));

describe('batches on PostgreSQL', () => {
  it('add up over two processes that change the same rows in any order', async () => {
    const keys = Array.from({ length: 12 }, (_, index) => `k${index}`);
    const tallies = processes.map((database) => tallyOn(database));
    const calls = Array.from({ length: 1_200 }, (_, index) => ({
      key: keys[(index * 7) % keys.length] ?? '',
      process: index % 2,
    }));
    await Promise.all(calls.map(async ({ key, process }) => tallies[process]?.batcher.add({ key, by: 1 })));
    await expect(tally()).resolves.toEqual(Object.fromEntries(keys.map((key) => [key, 100])));
  });

  it('turn many calls into few statements', async () => {
    const [database] = processes;
    if (!database) throw new TypeError('not started');
    const { batcher, sizes } = tallyOn(database, 1);
    await Promise.all(Array.from({ length: 500 }, (_, index) => batcher.add({ key: `k${index}`, by: 1 })));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(500);
    expect(sizes.length).toBe(10);
  });

  it('reject the rows that PostgreSQL refuses and keep all others', async () => {
    const [database] = processes;
    if (!database) throw new TypeError('not started');
    const { batcher } = tallyOn(database);
    const bad = new Set([3, 17, 18, 40]);
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) =>
        batcher.add({ key: `k${index}`, by: bad.has(index) ? (index % 2 === 0 ? -1 : 3_000_000_000) : 1 }),
      ),
    );
    const rejected = results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []));
    expect(rejected).toEqual([...bad]);
    await expect(tally().then((rows) => Object.keys(rows).length)).resolves.toBe(56);
  });

  it('answer every caller with its own row', async () => {
    const [database] = processes;
    if (!database) throw new TypeError('not started');
    const { batcher } = tallyOn(database);
    const answers = await Promise.all([5, 6, 7].map((by) => batcher.add({ key: 'same', by })));
    // Equal keys run one after the other, in the order of the calls, unless two lanes run them at once.
    expect(answers.at(-1)).toBeLessThanOrEqual(18);
    await batcher.drain();
    await expect(tally()).resolves.toEqual({ same: 18 });
  });
});
