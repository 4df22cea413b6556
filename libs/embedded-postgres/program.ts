import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ConfigError } from '#libs/core';
import type { ServiceUser } from './service-user.js';

const LONGEST_RUN_MS = 120_000;

/** The server and its tools see neither this process's secrets nor its language. */
export function programEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot'].filter((name) => process.env[name] !== undefined);
  const environment: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' };
  for (const name of kept) environment[name] = process.env[name];
  return environment;
}

/** Runs one of PostgreSQL's tools to its end. The working folder is `/` because the user may not see ours. */
export async function runProgram(file: string, args: readonly string[], user: ServiceUser | undefined): Promise<void> {
  const options = { ...user, cwd: '/', env: programEnvironment(), timeout: LONGEST_RUN_MS, windowsHide: true };
  await promisify(execFile)(file, args, options).catch((error: Error & { stderr?: string }) => {
    const said = error.stderr?.trim() || error.message;
    throw new ConfigError('embedded_database_failed', `The embedded PostgreSQL could not be prepared: ${said}`, {
      cause: error,
    });
  });
}
