import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConfigError } from '#libs/core';
import type { PostgresBinaries } from './binaries.js';
import { runProgram } from './program.js';
import { canReach, ensureServiceUser, giveTo, ownerOf, type ServiceUser } from './service-user.js';

/** For root: a place that every account can reach. */
export const SYSTEM_FOLDER = '/var/lib/hongyan';

export const SUPERUSER = 'hongyan';

/** Where one database lives on disk, and as whom its server runs. */
export interface ClusterPlace {
  /** Folder of the cluster, its password and its log. */
  readonly home: string;
  readonly user: ServiceUser | undefined;
}

export const clusterFolder = (place: ClusterPlace): string => join(place.home, 'cluster');
const passwordFile = (place: ClusterPlace): string => join(place.home, 'password');

export const readPassword = (place: ClusterPlace): Promise<string> => readFile(passwordFile(place), 'utf8');

const readIfThere = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').then(
    (text) => text.trim(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    },
  );

/**
 * Finds or makes the place of the database that belongs to `dataDir`. Root's server runs as another account; if that
 * one cannot reach `dataDir`, the database lives below the system folder and `dataDir/location` says where.
 */
export async function ensurePlace(dataDir: string): Promise<ClusterPlace> {
  await mkdir(dataDir, { recursive: true });
  const folder = await realpath(dataDir);
  return choosePlace(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EACCES' && cause.code !== 'EPERM') throw cause;
    throw new ConfigError('embedded_database_forbidden', `${folder} belongs to another user`, { cause });
  });
}

async function choosePlace(folder: string): Promise<ClusterPlace> {
  const pointer = join(folder, 'location');
  const home = (await readIfThere(pointer)) ?? folder;
  const user = (await ownerOf(home).catch(() => undefined)) ?? (await ensureServiceUser());
  if (home !== folder || (await canReach(user, dirname(folder)))) return makeHome({ home, user });
  // Not derived from the path: a removed data folder must not find its old database without its keys.
  const elsewhere = join(SYSTEM_FOLDER, randomBytes(8).toString('hex'));
  const place = await makeHome({ home: elsewhere, user });
  await writeFile(pointer, `${elsewhere}\n`);
  return place;
}

async function makeHome(place: ClusterPlace): Promise<ClusterPlace> {
  if (place.home.startsWith(`${SYSTEM_FOLDER}/`)) {
    await mkdir(SYSTEM_FOLDER, { recursive: true });
    await chmod(SYSTEM_FOLDER, 0o755);
  }
  await mkdir(place.home, { recursive: true });
  await chmod(place.home, 0o700);
  await giveTo(place.user, place.home);
  return place;
}

/**
 * Makes the cluster if there is none: UTF-8, locale C, a random password. It gets its name only when it is complete, so
 * an interrupted first start begins again.
 * @throws ConfigError when the cluster was made by another major version.
 */
export async function ensureCluster(place: ClusterPlace, binaries: PostgresBinaries, durable: boolean): Promise<void> {
  const folder = clusterFolder(place);
  const version = await readIfThere(join(folder, 'PG_VERSION'));
  if (version === binaries.majorVersion) return;
  if (version !== undefined) {
    throw new ConfigError(
      'embedded_database_version',
      `${folder} was made by PostgreSQL ${version}, this is ${binaries.majorVersion}: dump it with the old release and load it into a new folder`,
    );
  }
  await writePassword(place);
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const options = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', `--username=${SUPERUSER}`];
  const files = [`--pgdata=${unfinished}`, `--pwfile=${passwordFile(place)}`];
  await runProgram(
    join(binaries.folder, 'initdb'),
    [...options, ...files, ...(durable ? [] : ['--no-sync'])],
    place.user,
  );
  await rename(unfinished, folder);
}

async function writePassword(place: ClusterPlace): Promise<void> {
  const path = passwordFile(place);
  await rm(path, { force: true });
  await writeFile(path, randomBytes(24).toString('hex'), { mode: 0o600 });
  await giveTo(place.user, path);
}
