import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#libs/embedded-postgres';
import { runFolder, waitFor } from '#libs/testing';

/** One database for the tests that do not need a new one: making it takes most of the time. */
let shared: string;
let dataDir: string;
let running: EmbeddedPostgres[];

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(runFolder(), 'embedded '));
  await chmod(folder, 0o755);
  return folder;
}

beforeAll(async () => {
  shared = join(await makeFolder(), 'database');
});

beforeEach(() => {
  dataDir = shared;
  running = [];
});

afterEach(async () => {
  for (const server of running) await server.stop();
});

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir });
  running.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const answer = client.query<Record<string, unknown>>(sql);
  return answer.then(({ rows }) => rows).finally(() => client.end());
}

const home = (): Promise<string> =>
  readFile(join(dataDir, 'location'), 'utf8').then(
    (text) => text.trim(),
    () => dataDir,
  );

async function postmasterPid(): Promise<number> {
  return Number((await readFile(join(await home(), 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

describe('startEmbeddedPostgres', () => {
  it('makes a UTF-8 database that only a password opens, whatever the language of the environment', async () => {
    const { url } = await start();
    expect(await query(url, 'SHOW server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
    expect(await query(url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    const other = new URL(url);
    other.password = 'wrong';
    await expect(query(other.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    const file = join(await home(), 'password');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  }, 60_000);

  it('finds its data again', async () => {
    const first = await start();
    await query(first.url, `CREATE TABLE letter AS SELECT '鸿雁' AS text`);
    await first.stop();
    const second = await start();
    expect(await query(second.url, 'SELECT text FROM letter')).toEqual([{ text: '鸿雁' }]);
  }, 60_000);

  it('works below a folder that only its owner may enter', async () => {
    const folder = await makeFolder();
    await chmod(folder, 0o700);
    dataDir = join(folder, 'database');
    const first = await start();
    await query(first.url, 'CREATE TABLE kept (id int)');
    await first.stop();
    const second = await start();
    expect(await query(second.url, 'SELECT * FROM kept')).toEqual([]);
  }, 60_000);

  it('starts again after its server was killed', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE survivor (id int)');
    const pid = await postmasterPid();
    process.kill(pid, 'SIGKILL');
    const second = await start();
    expect(await query(second.url, 'SELECT * FROM survivor')).toEqual([]);
    expect(await postmasterPid()).not.toBe(pid);
  }, 60_000);

  it('takes over the server that a dead owner left running', async () => {
    const first = await start();
    const pid = await postmasterPid();
    // The owner's connection ends with its process.
    const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'hongyan-owner'`;
    await query(first.url, end);
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await postmasterPid()).toBe(pid);
    await second.stop();
    await expect(query(second.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
  }, 60_000);

  it('refuses a folder that a living process uses', async () => {
    await start();
    await expect(start()).rejects.toMatchObject({ code: 'embedded_database_in_use' });
  }, 60_000);

  it('does not lose the server to an interrupt of the process group', async () => {
    const { url } = await start();
    const pid = await postmasterPid();
    const group = await readFile(`/proc/${pid}/stat`, 'utf8');
    expect(group.slice(group.lastIndexOf(')') + 2).split(' ')[2]).toBe(String(pid));
    await waitFor(() => query(url, 'SELECT 1'));
  }, 60_000);

  it('begins anew after the data folder was removed', async () => {
    const old = await home();
    await rm(dataDir, { recursive: true });
    const { url } = await start();
    await expect(query(url, 'SELECT * FROM letter')).rejects.toThrow(/does not exist/);
    await rm(old, { recursive: true, force: true });
  }, 60_000);

  it('says what to do about a database of another major version', async () => {
    const first = await start();
    await first.stop();
    const cluster = join(await home(), 'cluster');
    await writeFile(join(cluster, 'PG_VERSION'), '15\n');
    await expect(start()).rejects.toMatchObject({ code: 'embedded_database_version' });
  }, 60_000);
});
