import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Environment variable that tells the test processes the folder of the run. */
export const RUN_FOLDER = 'HONGYAN_TEST_RUN';

let reaper;

/**
 * Makes the folder of the run and a reaper that cleans up after it. The reaper waits for the end of its standard input,
 * which comes when the run ends, whichever way it ends.
 */
export async function startTestRun() {
  const folder = mkdtempSync(join(tmpdir(), 'hongyan-test-'));
  // Under root the database server runs as another user, who must pass this folder.
  chmodSync(folder, 0o711);
  writeFileSync(join(folder, 'README'), 'Temporary files of a test run; removed at its end.\n');
  process.env[RUN_FOLDER] = folder;
  reaper = spawn(process.execPath, [join(import.meta.dirname, 'reaper.mjs'), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  reaper.unref();
  reaper.stdin.unref();
}

export async function endTestRun() {
  const ended = once(reaper, 'exit');
  reaper.ref();
  reaper.stdin.end();
  await ended;
}
