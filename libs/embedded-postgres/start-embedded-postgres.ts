import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { ConfigError } from '#libs/core';
import { prepareBinaries } from './binaries.js';
import { ensureCluster, ensurePlace, readPassword, SUPERUSER, SYSTEM_FOLDER, type ClusterPlace } from './cluster.js';
import { findRunning, launch, stopServer } from './postmaster.js';

export interface EmbeddedPostgresOptions {
  /** Folder of the database; made if missing. A second start with the same folder finds its data. */
  readonly dataDir: string;
  /**
   * For tests: nothing is forced to disk, and several processes may start and share the server.
   * Default false: the caller owns the folder until it stops.
   */
  readonly disposable?: boolean;
  /** Told what happens, one line each, without secrets. */
  readonly log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** Address of the database, password included. */
  readonly url: string;
  /** Stops the server. To be called last, after everything that uses it. Safe to call twice. */
  stop(): Promise<void>;
}

const DATABASE = 'hongyan';
/** Arbitrary constant: the advisory lock whose holder owns the server. It vanishes with its holder. */
const OWNER_LOCK = 7_261_883_402;
const LONGEST_WAIT_FOR_OWNER_MS = 5_000;

/**
 * Starts a PostgreSQL that belongs to this process, or takes over the one that a killed process left running.
 * @throws ConfigError when another live process owns the folder, or the server cannot run here.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, disposable = false, log = () => undefined } = options;
  const place = await ensurePlace(dataDir);
  if (place.home !== dataDir) log(`The database of ${dataDir} is kept in ${place.home}`);
  const binaries = await prepareBinaries(place.user, place.user ? SYSTEM_FOLDER : join(dataDir, 'programs'));
  await ensureCluster(place, binaries, !disposable);
  const password = await readPassword(place);
  const addressOf = (port: number, database: string): string =>
    `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;

  const deadline = Date.now() + LONGEST_WAIT_FOR_OWNER_MS;
  for (;;) {
    const server = (await findRunning(place)) ?? (await launch(place, binaries, !disposable));
    const owner = await claim(addressOf(server.port, 'postgres'), disposable);
    if (owner) {
      log(`PostgreSQL ${binaries.majorVersion} listens on 127.0.0.1:${server.port}`);
      if (disposable) await owner.end();
      const stop = async (): Promise<void> => {
        await stopServer(place, binaries);
        // Kept until here, so that nobody takes the server over while it stops.
        if (!disposable) await owner.end().catch(() => undefined);
      };
      return { url: addressOf(server.port, DATABASE), stop: once(stop) };
    }
    if (Date.now() > deadline) throw inUse(place);
    await delay(100);
  }
}

const inUse = (place: ClusterPlace): ConfigError =>
  new ConfigError('embedded_database_in_use', `Another process uses the database in ${place.home}`);

/** Undefined: another process owns the server, or it is shutting down. */
async function claim(url: string, disposable: boolean): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString: url, application_name: 'hongyan-owner' });
  // The connection ends with the server; that is how `stop` works and no fault.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const isOwner = disposable || (await hasRow(client, 'SELECT 1 WHERE pg_try_advisory_lock($1)', OWNER_LOCK));
    if (isOwner) await ensureDatabase(client);
    if (isOwner) return client;
  } catch (error) {
    // 57P: shutting down or starting. Connection faults have no SQLSTATE: the server has just gone.
    const state = error instanceof pg.DatabaseError ? error.code : '57P';
    if (!state?.startsWith('57P')) throw error;
  }
  await client.end().catch(() => undefined);
  return undefined;
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  if (await hasRow(client, 'SELECT 1 FROM pg_database WHERE datname = $1', DATABASE)) return;
  await client.query(`CREATE DATABASE ${DATABASE}`);
}

async function hasRow(client: pg.Client, sql: string, value: string | number): Promise<boolean> {
  const { rowCount } = await client.query(sql, [value]);
  return (rowCount ?? 0) > 0;
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= action());
}
