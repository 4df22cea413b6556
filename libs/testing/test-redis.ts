import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { findFreePort } from '#libs/embedded-postgres';
import { forgetProcess, killAtEndOfRun, runFolder } from './run-folder.js';
import { waitFor } from './wait-for.js';

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** Ends the server as a crash would; nothing in it survives. Does nothing to a server that was not started here. */
  stop(): Promise<void>;
}

export interface TestRedisOptions {
  /** To come back where an earlier one was stopped. Default: a free port. */
  readonly port?: number;
  /** Further settings, e.g. `{ 'maxmemory-policy': 'allkeys-lru' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Without the program: `REDIS_URL`, where each test process takes a database of its own from 1 up. */
export async function startTestRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  if (isInstalled()) return startServer(options);
  const url = process.env['REDIS_URL'];
  if (!url || options.port !== undefined || options.settings)
    throw new Error('This test needs redis-server on the PATH');
  return useExisting(new URL(url));
}

const isInstalled = (): boolean => spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;

async function startServer({ port: wanted, settings = {} }: TestRedisOptions): Promise<TestRedis> {
  const port = wanted ?? (await findFreePort());
  const all = { bind: '127.0.0.1', save: '', appendonly: 'no', dir: runFolder(), ...settings };
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  const server = spawn('redis-server', ['--port', String(port), ...args], { stdio: 'ignore' });
  if (server.pid) await killAtEndOfRun(server.pid);
  await waitFor(() => answersPing(port), { deadlineMs: 10_000, what: `Redis on port ${port}` });
  return { url: `redis://127.0.0.1:${port}`, port, stop: () => kill(server) };
}

async function kill(server: ChildProcess): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }
  if (server.pid) await forgetProcess(server.pid);
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 500 }, () => socket.write('PING\r\n'));
    const answer = (isUp: boolean): void => {
      socket.destroy();
      resolve(isUp);
    };
    socket.once('data', (data) => answer(data.toString().startsWith('+PONG')));
    socket.once('error', () => answer(false)).once('timeout', () => answer(false));
  });
}

function useExisting(url: URL): TestRedis {
  url.pathname = `/${Number(process.env['JEST_WORKER_ID'] ?? 1) % 15 || 15}`;
  return { url: url.href, port: Number(url.port || 6379), stop: () => Promise.resolve() };
}
