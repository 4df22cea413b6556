import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { Database } from '#libs/database';
import { startTestDatabase, startTestRedis, type TestDatabase, type TestRedis } from '#libs/testing';
import { SandboxRemote } from '../../test/e2e/sandbox-remote.js';
import { Program } from '../../test/faults/program.js';
import { startBenchProgram } from './bench-program.js';
import { parentOf, type Counted } from './cpu-time.js';

/** Environment of every process that is measured: `NODE_OPTIONS` of a profile, else nothing. */
export type Environment = Readonly<Record<string, string>>;

/** What floor and product both stand on: the same servers, the same vendor, the same load generator. */
export class Grounds {
  private readonly databases: TestDatabase[] = [];
  readonly encryptionKey = randomBytes(32).toString('base64');

  private constructor(
    readonly redis: TestRedis,
    readonly sandbox: Program,
    readonly load: Program,
    readonly env: Environment,
  ) {}

  static async lay(env: Environment = {}): Promise<Grounds> {
    const [redis, sandbox, load] = await Promise.all([
      startTestRedis(),
      Program.start('sandbox', env),
      startBenchProgram('load/main.ts'),
    ]);
    await new SandboxRemote(sandbox.url).enforceLimits(false);
    return new Grounds(redis, sandbox, load, env);
  }

  /** A database of its own on the one server. */
  async database(): Promise<{ readonly url: string; readonly sql: Database }> {
    const database = await startTestDatabase();
    this.databases.push(database);
    return {
      url: database.url,
      sql: new Database({ connectionString: database.url, maxConnections: 2, applicationName: 'bench' }),
    };
  }

  /** The servers, by name; those that run elsewhere are left out. */
  async processes(sql: Database): Promise<Record<string, Counted>> {
    const [row] = await sql.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const postmaster = parentOf(row?.pid ?? 0);
    const redis = await this.redisPid();
    return {
      sandbox: { pid: this.sandbox.pid },
      ...(postmaster !== undefined && { postgres: { pid: postmaster, withChildren: true } }),
      ...(redis !== undefined && { redis: { pid: redis } }),
      load: { pid: this.load.pid },
    };
  }

  private async redisPid(): Promise<number | undefined> {
    const client = new Redis(this.redis.url);
    const pid = Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1]);
    client.disconnect();
    return pid || undefined;
  }

  async close(): Promise<void> {
    await Promise.all([this.sandbox.kill(), this.load.kill()]);
    await this.redis.stop();
    for (const database of this.databases) await database.stop();
  }
}
