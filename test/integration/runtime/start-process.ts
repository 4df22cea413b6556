import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { forgetProcess, killAtEndOfRun, runFolder, waitFor } from '#libs/testing';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const START_DEADLINE_MS = 60_000;

export interface StartedProcess {
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Exit code, or -1 when a signal ended it. */
  readonly ended: Promise<number>;
  /** Signals the whole process group, as Ctrl-C does. */
  signal(name: NodeJS.Signals): void;
  /** An address that the banner shows. */
  url(label: string): Promise<string>;
}

export const makeDataDir = (): Promise<string> => mkdtemp(join(runFolder(), 'data dir '));

/** Runs `npm start` without npm, on free ports, with nothing of this process's environment but the PATH. */
export async function startProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<StartedProcess> {
  const ports = { PORT: '0', SANDBOX_PORT: '0', WORKER_HEALTH_PORT: '0' };
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs'), ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...ports, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const pid = child.pid ?? 0;
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  void ended.then(() => forgetProcess(pid));
  await killAtEndOfRun(pid);
  return {
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    ended,
    signal: (name) => void process.kill(-pid, name),
    url: (label) =>
      waitFor(() => new RegExp(`${label} +(http://[^/\\s]+)`).exec(written.stdout)?.[1], {
        deadlineMs: START_DEADLINE_MS,
        what: `"${label}" in the banner; it wrote ${written.stderr}`,
      }),
  };
}
