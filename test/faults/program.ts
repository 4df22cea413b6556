import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { forgetProcess, killAtEndOfRun, waitFor } from '#libs/testing';

const ROOT = join(import.meta.dirname, '..', '..');
const START_MS = 90_000;
const STOP_MS = 30_000;

/** Builds what the programs are started from, when a source has changed since. */
export function ensureBuilt(): void {
  const build = `import { ensureBuilt } from './scripts/prepare.mjs'; ensureBuilt();`;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', build], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The build failed');
}

/** One of the product's programs as a process of its own. */
export class Program {
  private constructor(
    /** Where it listens. */
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly written: readonly string[],
  ) {}

  /** @param env its whole environment but the PATH; ports that are not given are free ones */
  static async start(app: 'api' | 'worker' | 'sandbox', env: Readonly<Record<string, string>>): Promise<Program> {
    const ports = { PORT: '0', SANDBOX_PORT: '0', WORKER_HEALTH_PORT: '0', HONGYAN_HOST: '127.0.0.1' };
    return Program.run([join(ROOT, 'scripts', 'run.mjs'), `dist/apps/${app}/src/main.js`], { ...ports, ...env });
  }

  /** Any program of Node that prints where it listens; `args` as Node takes them. */
  static async run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Program> {
    const child = spawn(process.execPath, args, { cwd: ROOT, env: { PATH: process.env['PATH'], ...env } });
    if (child.pid) await killAtEndOfRun(child.pid);
    const written: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => written.push(text));
    }
    const address = (): string | undefined => {
      if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended: ${written.join('')}`);
      return /http:\/\/127\.0\.0\.1:\d+/.exec(written.join(''))?.[0];
    };
    const url = await waitFor(address, { deadlineMs: START_MS, what: `the address of ${args.join(' ')}` }).catch(
      (error: unknown) => {
        child.kill('SIGKILL');
        throw new Error(`${String(error)}; it said: ${written.join('').slice(-2_000)}`);
      },
    );
    return new Program(url, child, written);
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('The program has not started');
    return this.child.pid;
  }

  /** Stops it where it stands, as a blocked event loop or a paused machine does. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  /** Everything it wrote so far. */
  get output(): string {
    return this.written.join('');
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Asks it to end; answers its exit code, or undefined when a signal ended it. */
  async stop(): Promise<number | undefined> {
    return this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<number | undefined> {
    if (this.isRunning) {
      const ended = once(this.child, 'exit');
      this.child.kill(signal);
      const gaveUp = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(gaveUp);
    }
    if (this.child.pid) await forgetProcess(this.child.pid);
    return this.child.exitCode ?? undefined;
  }
}
