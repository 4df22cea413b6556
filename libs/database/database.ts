import pg from 'pg';
import { UnavailableError } from '#libs/core';
import { isConnectionFault, isRepeatable } from './sql-errors.js';

/** Runs parameterised SQL; rows come back as plain objects. */
export interface Sql {
  /** @throws UnavailableError when PostgreSQL is away or does not answer in time; other faults as pg raises them. */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** What else is written in the transaction of a change, such as its line in the audit log. */
export type Alongside = (sql: Sql) => Promise<void>;

/** The connection of a TypeORM transaction. */
export const sqlOf = (manager: { query(text: string, values: unknown[]): Promise<unknown> }): Sql => ({
  query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await manager.query(text, [...values])) as Row[],
});

export interface TransactionOptions {
  /** How long a statement waits for a lock before it fails with SQLSTATE 55P03; told together with the beginning. */
  readonly lockTimeoutMs?: number;
}

export interface DatabaseOptions {
  readonly connectionString: string;
  readonly maxConnections: number;
  readonly applicationName: string;
}

/** Times that work is repeated which PostgreSQL rolled back to break a deadlock. */
const MAX_REPEATS = 5;

/**
 * PostgreSQL through one bounded pool: for the hot statements. Ordinary CRUD goes through TypeORM. What ends in a
 * deadlock or a serialisation failure has been rolled back as a whole, and is repeated.
 */
export class Database implements Sql {
  private readonly pool: pg.Pool;

  constructor(options: DatabaseOptions) {
    this.pool = new pg.Pool({
      connectionString: options.connectionString,
      max: options.maxConnections,
      application_name: options.applicationName,
      // Time for a busy process to get a connection; a server that is away refuses at once.
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 300_000,
      query_timeout: 10_000,
      statement_timeout: 10_000,
      idle_in_transaction_session_timeout: 10_000,
      keepAlive: true,
    });
    // A broken client is dropped by the pool when it is idle, and fails its query when it is in use; without listeners
    // for both it would end the process.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return repeated(async () => {
      const result = await this.pool.query<Row>(text, [...values]);
      return result.rows;
    });
  }

  /** Runs `work` in one transaction and commits it; any throw rolls back. `work` may run several times. */
  async transaction<T>(work: (sql: Sql) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return repeated(() => this.transactionOnce(work, options));
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async transactionOnce<T>(work: (sql: Sql) => Promise<T>, { lockTimeoutMs }: TransactionOptions): Promise<T> {
    const client = await this.pool.connect();
    let broken = true;
    try {
      await client.query(lockTimeoutMs === undefined ? 'BEGIN' : `BEGIN; SET LOCAL lock_timeout = ${lockTimeoutMs}`);
      const result = await work({ query: async (text, values = []) => rows(await client.query(text, [...values])) });
      await client.query('COMMIT');
      broken = false;
      return result;
    } catch (error) {
      // A server that does not answer is not asked again: the connection ends, and with it the transaction.
      if (!isConnectionFault(error)) {
        await client.query('ROLLBACK').then(
          () => (broken = false),
          () => undefined,
        );
      }
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

async function repeated<T>(run: () => Promise<T>): Promise<T> {
  for (let repeats = 0; ; repeats += 1) {
    try {
      return await run();
    } catch (error) {
      if (!isRepeatable(error) || repeats >= MAX_REPEATS) throw translate(error);
    }
  }
}

const rows = <Row extends object>(result: pg.QueryResult): Row[] => result.rows as Row[];

function translate(error: unknown): unknown {
  if (error instanceof UnavailableError || !isConnectionFault(error)) return error;
  return new UnavailableError('The database is not reachable', 1000, { cause: error });
}
