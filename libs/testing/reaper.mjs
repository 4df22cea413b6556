// Waits for the end of a test run, then ends what the run left behind: node reaper.mjs <folder of the run>
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

const LONGEST_STOP_MS = 5_000;
/** Levels below the folder of the run. */
const DEEPEST_DATABASE = 3;

const folder = process.argv[2];

const read = (path) => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
};

const signal = (pid, name) => {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
};

function killProcesses() {
  for (const name of readdirSync(folder)) {
    const pid = /^process-(\d+)$/.exec(name)?.[1];
    if (pid) signal(Number(pid), 'SIGKILL');
  }
}

/** Folders of embedded databases: each holds a cluster, or says where its cluster is. */
function databaseHomes(path, depth) {
  const location = read(join(path, 'location'));
  if (location) return [location];
  const folders = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  if (folders.some(({ name }) => name === 'cluster')) return [path];
  return depth === 0 ? [] : folders.flatMap(({ name }) => databaseHomes(join(path, name), depth - 1));
}

/** Immediate shutdown: the data are thrown away with the folder. */
async function stopServer(home) {
  const pid = Number(read(join(home, 'cluster', 'postmaster.pid'))?.split('\n')[0]);
  const deadline = Date.now() + LONGEST_STOP_MS;
  while (pid && read(join(home, 'cluster', 'postmaster.pid')) && Date.now() < deadline) {
    if (!signal(pid, 'SIGQUIT')) break;
    await delay(50);
  }
}

async function dropDatabases() {
  const url = process.env.TEST_DATABASE_URL;
  const prefix = read(join(folder, 'database-prefix'));
  if (!url || !prefix) return;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [prefix]);
  for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`);
  await client.end();
}

process.on('SIGINT', () => undefined).on('SIGTERM', () => undefined);
for await (const chunk of process.stdin) void chunk;
killProcesses();
await dropDatabases().catch((error) => process.stderr.write(`Test databases were left behind: ${error.message}\n`));
const homes = databaseHomes(folder, DEEPEST_DATABASE);
for (const home of homes) await stopServer(home);
for (const path of [...homes, folder]) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
