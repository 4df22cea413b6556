import { mkdir, rmdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from './wait-for.js';

/** Folder of this test run; everything in it is removed at the end of the run. */
export function runFolder(): string {
  const folder = process.env['HONGYAN_TEST_RUN'];
  if (!folder) throw new Error('This test needs the global set-up of the integration, e2e or faults project');
  return folder;
}

/** A name that no other test run uses, of letters and digits. */
export const runName = (): string =>
  runFolder()
    .replace(/.*-/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');

const processFile = (pid: number): string => join(runFolder(), `process-${pid}`);

/** The process is killed at the end of the run, also when the tests crash or are interrupted. */
export const killAtEndOfRun = (pid: number): Promise<void> => writeFile(processFile(pid), '');

export const forgetProcess = (pid: number): Promise<void> => rm(processFile(pid), { force: true });

/** Runs `work` in one test process at a time. */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const lock = join(runFolder(), `${name}.lock`);
  const take = (): Promise<boolean> =>
    mkdir(lock).then(
      () => true,
      () => false,
    );
  await waitFor(take, { deadlineMs: 120_000, what: `the lock ${name}` });
  try {
    return await work();
  } finally {
    await rmdir(lock);
  }
}
