import pg from 'pg';
import { UnavailableError } from '#libs/core';
import { isConnectionFault } from './sql-errors.js';

/** Runs parameterised SQL; rows come back as plain objects. */
export interface Sql {
  /** @throws UnavailableError when PostgreSQL is away or does not answer in time; other faults as pg raises them. */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

export interface DatabaseOptions {
  readonly connectionString: string;
  readonly maxConnections: number;
  readonly applicationName: string;
}

/** PostgreSQL through one bounded pool: for the hot statements. Ordinary CRUD goes through TypeORM. */
export class Database implements Sql {
  private readonly pool: pg.Pool;

  constructor(options: DatabaseOptions) {
    this.pool = new pg.Pool({
      connectionString: options.connectionString,
      max: options.maxConnections,
      application_name: options.applicationName,
      connectionTimeoutMillis: 2_000,
      query_timeout: 10_000,
      statement_timeout: 10_000,
      idle_in_transaction_session_timeout: 10_000,
      keepAlive: true,
    });
    // A broken idle client is dropped by the pool itself; without a listener it would end the process.
    this.pool.on('error', () => undefined);
  }

  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    try {
      const result = await this.pool.query<Row>(text, [...values]);
      return result.rows;
    } catch (error) {
      throw translate(error);
    }
  }

  /** Runs `work` in one transaction and commits it; any throw rolls back. */
  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw translate(error);
    });
    let broken = true;
    try {
      await client.query('BEGIN');
      const result = await work({ query: async (text, values = []) => rows(await client.query(text, [...values])) });
      await client.query('COMMIT');
      broken = false;
      return result;
    } catch (error) {
      await client.query('ROLLBACK').then(
        () => (broken = false),
        () => undefined,
      );
      throw translate(error);
    } finally {
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

const rows = <Row extends object>(result: pg.QueryResult): Row[] => result.rows as Row[];

function translate(error: unknown): unknown {
  if (error instanceof UnavailableError || !isConnectionFault(error)) return error;
  return new UnavailableError('The database is not reachable', 1000, { cause: error });
}
