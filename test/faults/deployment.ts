import { randomBytes } from 'node:crypto';
import { Database } from '#libs/database';
import { startTestDatabase, startTestRedis, TEST_ADMIN_KEY, type TestRedis } from '#libs/testing';
import { ApiClient, type AnswerBody } from '../e2e/api-client.js';
import { Given } from '../e2e/given.js';
import { SandboxRemote } from '../e2e/sandbox-remote.js';
import { ensureBuilt, Program } from './program.js';

/** Most time for the build and the start of all processes. */
export const START_MS = 240_000;
/** Most time that one story may take on a busy machine. */
export const STORY_MS = 120_000;

export interface DeploymentOptions {
  /** Default 1. */
  readonly workers?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** API, workers and sandbox as processes of their own, the queue in Redis. */
export class Deployment {
  readonly workers: Program[] = [];
  /** The API with the admin key. */
  readonly api: ApiClient;
  readonly given: Given;
  readonly sandbox: SandboxRemote;

  private constructor(
    private readonly env: Readonly<Record<string, string>>,
    private readonly sandboxProgram: Program,
    private apiProgram: Program,
    private readonly servers: Servers,
  ) {
    this.sandbox = new SandboxRemote(sandboxProgram.url);
    this.api = new ApiClient(apiProgram.url, TEST_ADMIN_KEY);
    this.given = new Given(this.api);
  }

  get database(): Database {
    return this.servers.sql;
  }

  static async start({ workers = 1, env = {} }: DeploymentOptions = {}): Promise<Deployment> {
    ensureBuilt();
    const database = await startTestDatabase();
    const redis = await startTestRedis();
    const sandbox = await Program.start('sandbox', {});
    const whole = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      HONGYAN_SANDBOX_URL: sandbox.url,
      HONGYAN_ADMIN_KEY: TEST_ADMIN_KEY,
      HONGYAN_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      ...env,
    };
    const api = await Program.start('api', whole);
    const sql = new Database({ connectionString: database.url, maxConnections: 2, applicationName: 'faults' });
    const servers = { redis, sql, stopDatabase: () => database.stop() };
    const deployment = new Deployment(whole, sandbox, api, servers);
    await deployment.sandbox.enforceLimits(false);
    for (let count = 0; count < workers; count += 1) await deployment.startWorker();
    return deployment;
  }

  /** Starts the API again, where it was before. */
  async startApi(): Promise<void> {
    this.apiProgram = await Program.start('api', { ...this.env, PORT: new URL(this.apiProgram.url).port });
  }

  /** Asks the API to end; answers its exit code. */
  stopApi(): Promise<number | undefined> {
    return this.apiProgram.stop();
  }

  killApi(): Promise<void> {
    return this.apiProgram.kill();
  }

  async startWorker(): Promise<Program> {
    const worker = await Program.start('worker', this.env);
    this.workers.push(worker);
    return worker;
  }

  /** Ends Redis as a crash would; whatever was in it is gone. */
  async killRedis(): Promise<void> {
    await this.servers.redis.stop();
  }

  /** An empty Redis where the old one was. */
  async restartRedis(): Promise<void> {
    this.servers.redis = await startTestRedis({ port: this.servers.redis.port });
  }

  /** How often each of these messages has been taken by a vendor. */
  async copies(text: string): Promise<Map<string, number>> {
    const copies = new Map<string, number>();
    for (const { request } of await this.sandbox.inbox(text)) {
      const key = contentOf(request.body);
      copies.set(key, (copies.get(key) ?? 0) + 1);
    }
    return copies;
  }

  async close(): Promise<void> {
    await Promise.all([...this.workers, this.apiProgram, this.sandboxProgram].map((program) => program.kill()));
    await this.servers.redis.stop();
    await this.servers.sql.close();
    await this.servers.stopDatabase();
  }
}

interface Servers {
  redis: TestRedis;
  readonly sql: Database;
  stopDatabase(): Promise<void>;
}

const contentOf = (body: AnswerBody): string => body.text.content;
