import { execFile, spawn } from 'node:child_process';
import { open, readFile, rm, stat, truncate, type FileHandle } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ConfigError } from '#libs/core';
import type { PostgresBinaries } from './binaries.js';
import { clusterFolder, type ClusterPlace } from './cluster.js';
import { programEnvironment, runProgram } from './program.js';

/** What the server's own `postmaster.pid` says. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

const POLL_MS = 25;
/** Crash recovery replays at most 1 GB of log. */
const LONGEST_START_MS = 120_000;
const START_ATTEMPTS = 5;
const LARGEST_LOG_BYTES = 10 * 1024 * 1024;

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_checkpoints=off',
  // A failed statement may hold message content; the log keeps the error alone.
  'log_min_error_statement=panic',
];
const DISPOSABLE_SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

const pidFile = (place: ClusterPlace): string => join(clusterFolder(place), 'postmaster.pid');
const logFile = (place: ClusterPlace): string => join(place.home, 'server.log');

async function readPidFile(place: ClusterPlace): Promise<Postmaster | undefined> {
  const lines = await readFile(pidFile(place), 'utf8').then(
    (text) => text.split('\n'),
    () => undefined,
  );
  if (!lines) return undefined;
  return { pid: Number(lines[0]), port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

/** Empty when the process does not exist or has ended and was not yet collected. */
async function commandOf(pid: number): Promise<string> {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  if (fromProc !== undefined) return fromProc;
  const listed = promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]);
  return listed.then(
    ({ stdout }) => stdout,
    () => '',
  );
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * The server that already runs on this cluster, e.g. after its parent was killed; waits while one starts or stops.
 * A pid file whose number was given to an unrelated process is removed: PostgreSQL itself would refuse to start.
 */
export async function findRunning(place: ClusterPlace): Promise<Postmaster | undefined> {
  const deadline = Date.now() + LONGEST_START_MS;
  while (Date.now() < deadline) {
    const found = await readPidFile(place);
    if (!found || !exists(found.pid)) return undefined;
    if (process.platform !== 'win32' && !(await commandOf(found.pid)).includes('postgres')) {
      await rm(pidFile(place), { force: true });
      return undefined;
    }
    if (found.isReady) return found;
    await delay(POLL_MS);
  }
  throw new ConfigError('embedded_database_failed', 'The embedded PostgreSQL neither starts nor stops');
}

/**
 * Starts the server in a process group of its own, so that Ctrl-C does not reach it: it must outlive its clients.
 * Repeats on another port when the port was taken meanwhile or processes of a killed server are still ending.
 */
export async function launch(place: ClusterPlace, binaries: PostgresBinaries, durable: boolean): Promise<Postmaster> {
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt += 1) {
    const started = await launchOn(await findFreePort(), place, binaries, durable);
    if (started) return started;
    await delay(200 * attempt);
  }
  const tail = (await readFile(logFile(place), 'utf8')).trim().split('\n').slice(-5).join('\n');
  throw new ConfigError('embedded_database_failed', `The embedded PostgreSQL does not start:\n${tail}`);
}

async function launchOn(
  port: number,
  place: ClusterPlace,
  binaries: PostgresBinaries,
  durable: boolean,
): Promise<Postmaster | undefined> {
  const settings = [...SETTINGS, ...(durable ? [] : DISPOSABLE_SETTINGS)].flatMap((setting) => ['-c', setting]);
  const log = await openLog(place);
  const server = spawn(
    join(binaries.folder, 'postgres'),
    ['-D', clusterFolder(place), '-p', String(port), ...settings],
    { ...place.user, cwd: '/', env: programEnvironment(), detached: true, stdio: ['ignore', log.fd, log.fd] },
  );
  let ended = false;
  server.once('exit', () => (ended = true)).once('error', () => (ended = true));
  server.unref();
  await log.close();
  const deadline = Date.now() + LONGEST_START_MS;
  while (!ended && Date.now() < deadline) {
    const found = await readPidFile(place);
    if (found?.pid === server.pid && found?.isReady) return found;
    await delay(POLL_MS);
  }
  return undefined;
}

async function openLog(place: ClusterPlace): Promise<FileHandle> {
  const path = logFile(place);
  const size = await stat(path).then(
    (file) => file.size,
    () => 0,
  );
  if (size > LARGEST_LOG_BYTES) await truncate(path);
  return open(path, 'a', 0o600);
}

/** A port of 127.0.0.1 that nothing listens on. It may be taken again before it is used. */
export async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Ends the server: open transactions are rolled back, everything committed is on disk. Resolves when it is gone. */
export async function stopServer(place: ClusterPlace, binaries: PostgresBinaries): Promise<void> {
  const stop = (mode: string): Promise<void> =>
    runProgram(
      join(binaries.folder, 'pg_ctl'),
      ['stop', '-D', clusterFolder(place), '-m', mode, '-w', '-t', '20'],
      place.user,
    );
  if (await findRunning(place)) await stop('fast').catch(() => stop('immediate'));
}
