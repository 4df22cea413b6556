import { afterAll, afterEach, beforeAll, describe, jest } from '@jest/globals';
import type { LoggerService } from '@nestjs/common';
import { Database } from '#libs/database';
import type { AppConfig } from '#libs/config';
import { startTestDatabase, startTestRedis, testConfig, TEST_ADMIN_KEY, type TestRedis } from '#libs/testing';
import { createApiApp, type RunningApi } from '../../apps/api/src/create-api.js';
import { createSandbox, type Sandbox } from '../../apps/sandbox/src/create-sandbox.js';
import { createWorkerApp, type RunningWorker } from '../../apps/worker/src/create-worker.js';
import { ApiClient } from './api-client.js';
import { Given } from './given.js';
import { SandboxRemote } from './sandbox-remote.js';

export type Backend = 'postgres' | 'redis';

/** Where the queue lives: everything must hold on both. */
export const BACKENDS: readonly Backend[] = ['postgres', 'redis'];

/** Most time that a system may take to start on a busy machine. */
const START_MS = 90_000;
const STORY_MS = 60_000;

export interface SystemOptions {
  readonly backend: Backend;
  /** Default 1. */
  readonly workers?: number;
  readonly config?: Partial<AppConfig>;
}

/** The whole product in this process, on a database of its own. */
export class System {
  readonly api: ApiClient;
  readonly sandbox: SandboxRemote;
  readonly given: Given;
  /** Every line that API and workers logged, debug included. */
  readonly logs: string[];
  private readonly closers: (() => Promise<void>)[];

  private constructor(
    private readonly parts: Parts,
    readonly config: AppConfig,
    readonly database: Database,
  ) {
    this.api = new ApiClient(parts.api.url, TEST_ADMIN_KEY);
    this.sandbox = new SandboxRemote(parts.sandbox.url);
    this.given = new Given(this.api);
    this.logs = parts.logs;
    this.closers = parts.closers;
  }

  static async start({ backend, config = {}, workers = 1 }: SystemOptions): Promise<System> {
    const closers: (() => Promise<void>)[] = [];
    const logs: string[] = [];
    const server = await startTestDatabase();
    closers.push(() => server.stop());
    const redis = backend === 'redis' ? await startTestRedis() : undefined;
    if (redis) closers.push(() => redis.stop());
    const sandbox = await createSandbox({ port: 0, host: '127.0.0.1' });
    const whole = testConfig({
      databaseUrl: server.url,
      sandboxUrl: sandbox.url,
      allowedOrigins: [sandbox.url],
      ...(redis && { redisUrl: redis.url }),
      ...config,
    });
    const api = await createApiApp(whole, { logger: loggerInto(logs) });
    const database = new Database({ connectionString: server.url, maxConnections: 2, applicationName: 'e2e' });
    closers.push(() => database.close());
    const parts = { api, sandbox, logs, closers, workers: [], ...(redis && { redis }) };
    const system = new System(parts, whole, database);
    for (let count = 0; count < workers; count += 1) await system.startWorker();
    await system.sandbox.enforceLimits(false);
    return system;
  }

  /** Without trailing slash. */
  get apiUrl(): string {
    return this.parts.api.url;
  }

  get redis(): TestRedis | undefined {
    return this.parts.redis;
  }

  /** Addresses of health and metrics of the workers. */
  get workerUrls(): readonly string[] {
    return this.parts.workers.map(({ url }) => url);
  }

  async startWorker(): Promise<void> {
    this.parts.workers.push(await createWorkerApp(this.config, { logger: loggerInto(this.logs) }));
  }

  async stopWorkers(): Promise<void> {
    await Promise.all(this.parts.workers.splice(0).map((worker) => worker.close()));
  }

  /** Runs `work` while nothing listens where the sandbox was; afterwards it is back there, as after its start. */
  async withoutSandbox(work: () => Promise<void>): Promise<void> {
    const { hostname, port } = new URL(this.sandbox.url);
    await this.parts.sandbox.close();
    try {
      await work();
    } finally {
      this.parts.sandbox = await createSandbox({ port: Number(port), host: hostname });
      await this.sandbox.enforceLimits(false);
    }
  }

  /** Runs `work` while nothing listens where the API was; afterwards it is back there. */
  async withoutApi(work: () => Promise<void>): Promise<void> {
    const port = Number(new URL(this.apiUrl).port);
    await this.parts.api.close();
    try {
      await work();
    } finally {
      this.parts.api = await createApiApp({ ...this.config, port }, { logger: loggerInto(this.logs) });
    }
  }

  /** Rows of a table, to see that nothing was stored. */
  async rows(table: 'message' | 'delivery' | 'idempotency_key' | 'business_key'): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
    return row?.count ?? 0;
  }

  /** In the order in which a deployment stops: whoever sends, whoever accepts, what they depend on. */
  async close(): Promise<void> {
    await this.stopWorkers();
    await this.parts.api.close();
    for (const close of this.closers.reverse()) await close();
    await this.parts.sandbox.close();
  }
}

interface Parts {
  readonly redis?: TestRedis;
  readonly logs: string[];
  readonly closers: (() => Promise<void>)[];
  readonly workers: RunningWorker[];
  api: RunningApi;
  sandbox: Sandbox;
}

function loggerInto(lines: string[]): LoggerService {
  const write = (...parts: unknown[]): void => void lines.push(parts.map((part) => JSON.stringify(part)).join(' '));
  return { log: write, warn: write, error: write, debug: write, verbose: write, fatal: write };
}

/** Tells the stories on a system with each queue back end. Faults of the sandbox last for one story. */
export function onEachBackend(
  name: string,
  stories: (system: () => System) => void,
  options: Omit<SystemOptions, 'backend'> = {},
): void {
  describe.each(BACKENDS)(`${name}, with the queue in %s`, (backend) => {
    jest.setTimeout(STORY_MS);
    let system: System;
    beforeAll(async () => {
      system = await System.start({ backend, ...options });
    }, START_MS);
    afterAll(() => system.close(), START_MS);
    afterEach(() => system.sandbox.clearFaults());
    stories(() => system);
  });
}
