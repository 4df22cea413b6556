import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Database, migrate } from '#libs/database';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#libs/embedded-postgres';
import { migrateQueue } from '#libs/queue';
import { runFolder, waitFor } from '#libs/testing';
import { MIGRATIONS } from '../../../migrations/index.js';

const RESTART_MS = 30_000;

/** A PostgreSQL of its own, which may be killed and comes back with everything that was committed. */
export class DatabaseServer {
  private constructor(
    private readonly folder: string,
    private server: EmbeddedPostgres,
  ) {}

  /** With the schema of the product. */
  static async start(): Promise<DatabaseServer> {
    const folder = join(runFolder(), `database-${randomBytes(4).toString('hex')}`);
    const started = new DatabaseServer(folder, await startEmbeddedPostgres({ dataDir: folder }));
    // The machine does not fail, only the server does: what is committed need not reach the disk.
    await started.set('fsync', 'off');
    await migrate({ databaseUrl: started.url, migrations: MIGRATIONS });
    await migrateQueue({ databaseUrl: started.url });
    return started;
  }

  get url(): string {
    return this.server.url;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Changes a setting for every session, at once. */
  async set(name: string, value: string): Promise<void> {
    const database = new Database({ connectionString: this.url, maxConnections: 1, applicationName: 'faults' });
    try {
      // The setting itself may be that nothing can be written.
      await database.query(`SET default_transaction_read_only = off`);
      await database.query(`ALTER SYSTEM SET ${name} = '${value}'`);
      await database.query('SELECT pg_reload_conf()');
    } finally {
      await database.close();
    }
  }

  /** Ends the server as a crash would; returns when it is gone. */
  async crash(): Promise<void> {
    const home = await readFile(join(this.folder, 'location'), 'utf8').catch(() => this.folder);
    const pidFile = join(home.trim(), 'cluster', 'postmaster.pid');
    const pid = Number((await readFile(pidFile, 'utf8')).split('\n')[0]);
    process.kill(pid, 'SIGQUIT');
    const isGone = (): Promise<boolean> =>
      readFile(pidFile).then(
        () => false,
        () => true,
      );
    await waitFor(isGone, { deadlineMs: RESTART_MS, what: 'the end of PostgreSQL' });
  }

  /** Starts it again, on another port. */
  async restart(): Promise<void> {
    this.server = await startEmbeddedPostgres({ dataDir: this.folder });
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}
