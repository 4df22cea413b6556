import { execFile } from 'node:child_process';
import { chown, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { ConfigError } from '#libs/core';

const run = promisify(execFile);

const ACCOUNT = 'postgres';

/** How an account is made, by distribution; the first one that works wins. */
const WAYS_TO_CREATE: readonly (readonly [string, ...string[]])[] = [
  ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', ACCOUNT],
  ['adduser', '-S', '-D', '-H', ACCOUNT],
];

/** Whom the server runs as. PostgreSQL refuses to run as root. */
export interface ServiceUser {
  readonly uid: number;
  readonly gid: number;
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** The account for the server when this process is root, made if it is missing; undefined: the current user. */
export async function ensureServiceUser(): Promise<ServiceUser | undefined> {
  if (!isRoot()) return undefined;
  const known = await findServiceUser();
  if (known) return known;
  for (const [command, ...args] of WAYS_TO_CREATE) {
    const created = await run(command, args).then(findServiceUser, () => undefined);
    if (created) return created;
  }
  throw new ConfigError(
    'embedded_database_user',
    `PostgreSQL does not run as root and the account "${ACCOUNT}" cannot be made: run as an ordinary user or set DATABASE_URL`,
  );
}

async function findServiceUser(): Promise<ServiceUser | undefined> {
  const id = async (flag: string): Promise<number> => Number((await run('id', [flag, ACCOUNT])).stdout);
  return id('-u').then(
    async (uid) => ({ uid, gid: await id('-g') }),
    () => undefined,
  );
}

/** The owner of an existing cluster, when root has to act as that user. */
export async function ownerOf(path: string): Promise<ServiceUser | undefined> {
  if (!isRoot()) return undefined;
  const { uid, gid } = await stat(path);
  return uid === 0 ? undefined : { uid, gid };
}

/** Whether the user passes every folder above `path` and may enter or execute it. */
export async function canReach(user: ServiceUser | undefined, path: string): Promise<boolean> {
  if (!user) return true;
  return run('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

export async function giveTo(user: ServiceUser | undefined, path: string): Promise<void> {
  if (user) await chown(path, user.uid, user.gid);
}
