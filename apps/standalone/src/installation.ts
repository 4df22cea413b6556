import { createApiApp } from '../../api/src/create-api.js';
import { createSandbox } from '../../sandbox/src/create-sandbox.js';
import { createWorkerApp } from '../../worker/src/create-worker.js';
import { isConnectionFault, migrate } from '#libs/database';
import { loadConfig, type AppConfig, type ConfigDefaults } from '#libs/config';
import { ConfigError } from '#libs/core';
import { startEmbeddedPostgres } from '#libs/embedded-postgres';
import { migrateQueue } from '#libs/queue';
import { MIGRATIONS } from '../../../migrations/index.js';
import { DataFolder, type KeptSecret } from './data-folder.js';
import { Ports } from './ports.js';
import type { Shutdown } from './shutdown.js';

/** Everything of the product in this process, running. */
export interface Installation {
  readonly urls: { readonly api: string; readonly sandbox: string; readonly worker: string };
  /** A key that came from the environment has no path and is never shown. */
  readonly adminKey: Pick<KeptSecret, 'value' | 'isNew'> & { readonly path?: string };
  readonly data: DataFolder;
  /** Where the messages are, for people. */
  readonly database: string;
  readonly queue: string;
  /** One line for each server that is not on its usual port. */
  readonly movedPorts: readonly string[];
}

/** Replaced as soon as the real address is known. */
const UNKNOWN_DATABASE = 'postgresql://127.0.0.1/unknown';

const PORT_VARIABLES = ['PORT', 'SANDBOX_PORT', 'WORKER_HEALTH_PORT'];

function explainDatabase(cause: unknown): never {
  if (!isConnectionFault(cause)) throw cause;
  throw new ConfigError('database_unreachable', 'The database of DATABASE_URL is not reachable', { cause });
}

/** Starts all parts; each one is handed to `shutdown` as soon as it runs, so that a failure half-way leaves nothing. */
export class Installer {
  private defaults: ConfigDefaults = { HONGYAN_HOST: '127.0.0.1', HONGYAN_LOG_FORMAT: 'text', LOG_LEVEL: 'warn' };
  private readonly movedPorts: string[] = [];

  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly shutdown: Shutdown,
    private readonly say: (line: string) => void,
  ) {}

  async start(): Promise<Installation> {
    const { dataDir, host } = this.checked();
    await new Ports(this.env, host).requireFree(PORT_VARIABLES);
    const data = new DataFolder(dataDir);
    await data.ensure();
    const adminKey = await this.ensureAdminKey(data);
    await this.ensureDatabase(data);
    const config = this.config();
    await migrate({ databaseUrl: config.databaseUrl, migrations: MIGRATIONS }).catch(explainDatabase);
    await migrateQueue(config);
    return {
      urls: await this.startServers(),
      adminKey,
      data,
      database: this.isEmbedded() ? `embedded PostgreSQL, data in ${data.database}` : 'PostgreSQL of DATABASE_URL',
      queue: config.redisUrl === undefined ? 'in PostgreSQL (set REDIS_URL for Redis)' : 'Redis of REDIS_URL',
      movedPorts: this.movedPorts,
    };
  }

  private isEmbedded(): boolean {
    return !this.env['DATABASE_URL']?.trim();
  }

  private config(): AppConfig {
    return loadConfig(this.env, this.defaults);
  }

  /** All mistakes are reported before anything is made or started. */
  private checked(): AppConfig {
    // A key for the check alone; the embedded database gets its own in `ensureDatabase`.
    const madeLater = { DATABASE_URL: UNKNOWN_DATABASE, HONGYAN_ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') };
    return loadConfig(this.env, { ...this.defaults, ...(this.isEmbedded() && madeLater) });
  }

  private async ensureAdminKey(data: DataFolder): Promise<Installation['adminKey']> {
    const given = this.env['HONGYAN_ADMIN_KEY']?.trim();
    if (given) return { value: given, isNew: false };
    const kept = await data.ensureAdminKey();
    this.defaults = { ...this.defaults, HONGYAN_ADMIN_KEY: kept.value };
    return kept;
  }

  private async ensureDatabase(data: DataFolder): Promise<void> {
    if (!this.isEmbedded()) return;
    this.say('Starting PostgreSQL …');
    const server = await startEmbeddedPostgres({ dataDir: data.database, log: this.say });
    this.shutdown.add('PostgreSQL', () => server.stop());
    this.defaults = { ...this.defaults, DATABASE_URL: server.url };
    if (this.env['HONGYAN_ENCRYPTION_KEY']?.trim()) return;
    const { value } = await data.ensureEncryptionKey();
    this.defaults = { ...this.defaults, HONGYAN_ENCRYPTION_KEY: value };
  }

  /** The database stops last, the worker first: what it began is still recorded. */
  private async startServers(): Promise<Installation['urls']> {
    const { host, port: apiPort, sandboxPort, workerHealthPort, sandboxUrl } = this.config();
    const sandbox =
      sandboxUrl ??
      (await this.open('SANDBOX_PORT', sandboxPort, 'the sandbox', (port) => createSandbox({ port, host })));
    this.defaults = { ...this.defaults, HONGYAN_SANDBOX_URL: sandbox };
    const api = await this.open('PORT', apiPort, 'the API', (port) => createApiApp({ ...this.config(), port }));
    const worker = await this.open('WORKER_HEALTH_PORT', workerHealthPort, 'the worker', (port) =>
      createWorkerApp({ ...this.config(), workerHealthPort: port }),
    );
    return { api, sandbox, worker };
  }

  private async open(
    variable: string,
    usualPort: number,
    name: string,
    start: (port: number) => Promise<{ readonly url: string; close(): Promise<void> }>,
  ): Promise<string> {
    const { opened, port } = await new Ports(this.env, this.config().host).open(variable, usualPort, start);
    this.shutdown.add(name, () => opened.close());
    if (port !== usualPort && !this.env[variable]) {
      this.movedPorts.push(`Port ${usualPort} is taken: ${name} listens on ${port}`);
    }
    return opened.url;
  }
}
