import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#libs/database';
import { startEmbeddedPostgres } from '#libs/embedded-postgres';
import { migrateQueue } from '#libs/queue';
import { MIGRATIONS } from '../../migrations/index.js';
import { inTurn, runFolder, runName } from './run-folder.js';

export interface TestDatabase {
  readonly url: string;
  /** Drops the database, connections or not. */
  stop(): Promise<void>;
}

const prefix = (): string => `hongyan_test_${runName()}_`;
const template = (): string => `${prefix()}template`;

/** A database of its own for one test file: the schema and the queue's are up to date, no rows. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const server = await ensureServer();
  await ensureTemplate(server);
  return createDatabase(server, `TEMPLATE ${template()}`);
}

/** A database without any schema, for tests of the migrations. */
export async function startEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase(await ensureServer(), 'TEMPLATE template0');
}

/** One server per test run: `TEST_DATABASE_URL`, or an embedded one that the first test file starts. */
async function ensureServer(): Promise<string> {
  const address = join(runFolder(), 'database-url');
  await writeFile(join(runFolder(), 'database-prefix'), prefix());
  return inTurn('server', async () => {
    const known = process.env['TEST_DATABASE_URL'] ?? (await readFile(address, 'utf8').catch(() => undefined));
    if (known) return known;
    const { url } = await startEmbeddedPostgres({ dataDir: join(runFolder(), 'postgres'), disposable: true });
    await writeFile(address, url, { mode: 0o600 });
    return url;
  });
}

async function ensureTemplate(server: string): Promise<void> {
  await inTurn('template', async () => {
    const [row] = await run(server, 'SELECT 1 FROM pg_database WHERE datname = $1', [template()]);
    if (row) return;
    // Gets its name when it is complete: an interrupted attempt is not taken for a template.
    const unfinished = `${template()}_new`;
    await run(server, `DROP DATABASE IF EXISTS ${unfinished}`);
    await run(server, `CREATE DATABASE ${unfinished} TEMPLATE template0`);
    const databaseUrl = addressOf(server, unfinished);
    await migrate({ databaseUrl, migrations: MIGRATIONS });
    await migrateQueue({ databaseUrl });
    await run(server, `ALTER DATABASE ${unfinished} RENAME TO ${template()}`);
  });
}

async function createDatabase(server: string, options: string): Promise<TestDatabase> {
  const name = `${prefix()}${randomBytes(4).toString('hex')}`;
  await run(server, `CREATE DATABASE ${name} ${options}`);
  return {
    url: addressOf(server, name),
    stop: async () => {
      await run(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

function addressOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function run(server: string, sql: string, values: readonly unknown[] = []): Promise<readonly object[]> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    const { rows } = await client.query<object>(sql, [...values]);
    return rows;
  } finally {
    await client.end();
  }
}
