import { randomBytes } from 'node:crypto';
import { Database } from '#libs/database';
import { startTestDatabase, TEST_ADMIN_KEY } from '#libs/testing';
import { ApiClient } from '../e2e/api-client.js';
import { Given } from '../e2e/given.js';
import { SandboxRemote } from '../e2e/sandbox-remote.js';
import { DatabaseServer } from './parts/database-server.js';
import { RedisServer } from './parts/redis-server.js';
import { closeWires, healWires, layWires, type Wires } from './parts/wires.js';
import { ensureBuilt, Program } from './program.js';

/** Most time for the build and the start of all processes. */
export const START_MS = 240_000;
/** Most time that one story may take on a busy machine. */
export const STORY_MS = 120_000;

export type Environment = Readonly<Record<string, string>>;

export interface DeploymentOptions {
  /** Default 1. */
  readonly workers?: number;
  readonly env?: Environment;
  /** A PostgreSQL of its own, which may be killed. Default: a database on the server of the test run. */
  readonly ownDatabase?: boolean;
}

/** API, workers and sandbox as processes of their own, the queue in Redis, a wire between any two of them. */
export class Deployment {
  readonly workers: Program[] = [];
  /** The API with the admin key, past the wire. */
  readonly api: ApiClient;
  readonly given: Given;
  readonly sandbox: SandboxRemote;

  private constructor(
    readonly wires: Wires,
    private readonly env: Whole,
    private readonly servers: Servers,
    private apiProgram: Program,
  ) {
    this.sandbox = new SandboxRemote(servers.sandbox.url);
    this.api = new ApiClient(apiProgram.url, TEST_ADMIN_KEY);
    this.given = new Given(this.api);
    wires.http.retarget(portOf(apiProgram.url));
  }

  static async start({ workers = 1, env = {}, ownDatabase = false }: DeploymentOptions = {}): Promise<Deployment> {
    ensureBuilt();
    const server = ownDatabase ? await DatabaseServer.start() : undefined;
    const database = server ?? (await startTestDatabase());
    const redis = await RedisServer.start();
    const sandbox = await Program.start('sandbox', {});
    const wires = await layWires({
      database: portOf(database.url),
      redis: redis.port,
      vendor: portOf(sandbox.url),
    });
    const whole = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      HONGYAN_SANDBOX_URL: wires.vendor.through(sandbox.url),
      HONGYAN_ADMIN_KEY: TEST_ADMIN_KEY,
      HONGYAN_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      ...env,
    };
    const servers: Servers = {
      ...(server && { server }),
      redis,
      sandbox,
      url: database.url,
      stop: () => database.stop(),
    };
    const api = await Program.start('api', overWires(whole, wires, 'api'));
    const deployment = new Deployment(wires, whole, servers, api);
    await deployment.sandbox.enforceLimits(false);
    await deployment.startWorkers(workers);
    return deployment;
  }

  get redis(): RedisServer {
    return this.servers.redis;
  }

  /** @throws when this deployment shares its server with others */
  get databaseServer(): DatabaseServer {
    if (!this.servers.server) throw new Error('This scenario needs ownDatabase: true');
    return this.servers.server;
  }

  /** The address of the API at the wire that can be cut. */
  get url(): string {
    return `http://127.0.0.1:${this.wires.http.port}`;
  }

  /** PostgreSQL itself, past every wire. */
  get databaseUrl(): string {
    return this.servers.server?.url ?? this.servers.url;
  }

  get apiIsUp(): boolean {
    return this.apiProgram.isRunning;
  }

  get apiProcess(): Program {
    return this.apiProgram;
  }

  /** Asks PostgreSQL itself, past every wire. */
  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const database = (this.servers.sql ??= new Database({
      connectionString: this.databaseUrl,
      maxConnections: 2,
      applicationName: 'judge',
    }));
    return database.query<Row>(text, values);
  }

  /** Starts the API, where it was before. */
  async startApi(env: Environment = {}): Promise<void> {
    const PORT = String(portOf(this.apiProcess.url));
    this.apiProgram = await Program.start('api', { ...overWires(this.env, this.wires, 'api'), PORT, ...env });
  }

  /** Asks the API to end; answers its exit code. */
  stopApi(): Promise<number | undefined> {
    return this.apiProcess.stop();
  }

  killApi(): Promise<void> {
    return this.apiProcess.kill();
  }

  async startWorker(env: Environment = {}): Promise<Program> {
    const worker = await Program.start('worker', { ...overWires(this.env, this.wires, 'worker'), ...env });
    this.workers.push(worker);
    return worker;
  }

  /** A worker whose PostgreSQL is at the wire of the API: what is held from the other workers passes here. */
  startWorkerApart(): Promise<Program> {
    return this.startWorker({ DATABASE_URL: this.wires.apiDatabase.through(this.env.DATABASE_URL) });
  }

  async killWorkers(): Promise<void> {
    await Promise.all(this.workers.splice(0).map((worker) => worker.kill()));
  }

  /** Asks all workers to end; answers their exit codes. */
  async stopWorkers(): Promise<(number | undefined)[]> {
    return Promise.all(this.workers.splice(0).map((worker) => worker.stop()));
  }

  /** PostgreSQL dies; the wires lead nowhere until it is restarted. */
  async crashDatabase(): Promise<void> {
    await this.servers.sql?.close();
    delete this.servers.sql;
    await this.databaseServer.crash();
  }

  async restartDatabase(): Promise<void> {
    await this.databaseServer.restart();
    for (const wire of [this.wires.apiDatabase, this.wires.workerDatabase]) wire.retarget(this.databaseServer.port);
  }

  /** Everything runs again: what a scenario may rely on, whatever the one before it did. */
  async repair(workers: number): Promise<void> {
    await this.sandbox.clearFaults();
    await healWires(this.wires);
    if (!this.apiIsUp) await this.startApi();
    await Promise.all(this.workers.splice(workers).map((worker) => worker.stop()));
    const dead = this.workers.filter((worker) => !worker.isRunning);
    for (const worker of dead) this.workers.splice(this.workers.indexOf(worker), 1);
    await this.startWorkers(workers - this.workers.length);
  }

  private async startWorkers(count: number): Promise<void> {
    await Promise.all(Array.from({ length: Math.max(0, count) }, () => this.startWorker()));
  }

  /** How often each of these messages has been taken by a vendor. */
  async copies(text: string): Promise<Map<string, number>> {
    const copies = new Map<string, number>();
    for (const { request } of await this.sandbox.inbox(text)) {
      const key: string = request.body.text.content;
      copies.set(key, (copies.get(key) ?? 0) + 1);
    }
    return copies;
  }

  async close(): Promise<void> {
    await Promise.all([...this.workers, this.apiProcess, this.servers.sandbox].map((program) => program.kill()));
    await closeWires(this.wires);
    await this.servers.redis.kill();
    await this.servers.sql?.close();
    await this.servers.stop();
  }
}

interface Servers {
  readonly redis: RedisServer;
  readonly sandbox: Program;
  /** Of the database, when the server is shared. */
  readonly url: string;
  readonly server?: DatabaseServer;
  sql?: Database;
  stop(): Promise<void>;
}

type Whole = Environment & { readonly DATABASE_URL: string; readonly REDIS_URL: string };

const portOf = (url: string): number => Number(new URL(url).port);

function overWires(env: Whole, wires: Wires, app: 'api' | 'worker'): Environment {
  return {
    ...env,
    DATABASE_URL: wires[`${app}Database`].through(env.DATABASE_URL),
    REDIS_URL: wires[`${app}Redis`].through(env.REDIS_URL),
  };
}
