import pg from 'pg';
import { UnavailableError } from '#libs/core';
import { PreparedStatement, textOf, type Statement } from './prepared-statement.js';
import { isConnectionFault, isRepeatable, isStalePlan } from './sql-errors.js';

/** Runs parameterised SQL; rows come back as plain objects. */
export interface Sql {
  /** @throws UnavailableError when PostgreSQL is away or does not answer in time; other faults as pg raises them. */
  query<Row extends object>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
}

/** What else is written in the transaction of a change, such as its line in the audit log. */
export type Alongside = (sql: Sql) => Promise<void>;

/** The connection of a TypeORM transaction. */
export const sqlOf = (manager: { query(text: string, values: unknown[]): Promise<unknown> }): Sql => ({
  query: async <Row extends object>(statement: Statement, values: readonly unknown[] = []) =>
    (await manager.query(textOf(statement), [...values])) as Row[],
});

export interface TransactionOptions {
  /** How long a statement waits for a lock before it fails with SQLSTATE 55P03; told together with the beginning. */
  readonly lockTimeoutMs?: number;
  /** Its prepared statements are taken as such: they are planned once, for any parameters. */
  readonly prepared?: boolean;
}

export interface DatabaseOptions {
  readonly connectionString: string;
  readonly maxConnections: number;
  /** Connections for prepared statements, opened when there is the first one. Default: as many. */
  readonly maxPrepared?: number;
  readonly applicationName: string;
}

const KEPT_CONNECTIONS = 3;

/**
 * Joined by index whatever the planner believes: a plan may be made while tables are still empty, and is kept. No plan
 * is worth compiling.
 */
const BY_INDEX = ['enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off', 'jit=off'];
const PREPARED = [...BY_INDEX, 'plan_cache_mode=force_generic_plan'].map((setting) => `-c ${setting}`).join(' ');

/** A server of which nothing was heard for so long, although somebody waits for it, is taken to be away. */
const SILENT_MS = 500;

/** Times that work is repeated which PostgreSQL rolled back to break a deadlock. */
const MAX_REPEATS = 5;

/**
 * PostgreSQL through two bounded pools: one for prepared statements, whose plans its connections keep, and one for all
 * others. Ordinary CRUD goes through TypeORM. What ends in a deadlock or a serialisation failure has been rolled back as a
 * whole, and is repeated.
 */
export class Database implements Sql {
  private readonly pool: pg.Pool;
  private readonly prepared: pg.Pool;
  private heardAtMs = performance.now();

  constructor(options: DatabaseOptions) {
    const { maxConnections, maxPrepared = maxConnections } = options;
    this.pool = openPool(options, maxConnections);
    this.prepared = openPool(options, maxPrepared, PREPARED);
  }

  async query<Row extends object>(statement: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    const pool = statement instanceof PreparedStatement ? this.prepared : this.pool;
    return repeated(async () => (await this.heard(pool.query<Row>(queryOf(statement, values)))).rows);
  }

  /** Runs `work` in one transaction and commits it; any throw rolls back. `work` may run several times. */
  async transaction<T>(work: (sql: Sql) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return repeated(() => this.transactionOnce(work, options));
  }

  /**
   * The result of work on the database, if it comes in time, or the server has answered somebody of late: then it is
   * not away, and the work takes as long as it takes. What a statement that has begun does, it may still do.
   * @throws UnavailableError
   */
  async inTime<T>(work: Promise<T>, ms: number): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    const silent = new Promise<never>((_resolve, reject) => {
      const look = (): void => {
        if (isOver) return;
        const leftMs = this.heardAtMs + SILENT_MS - performance.now();
        if (leftMs > 0) timer = setTimeout(lookSoon, leftMs);
        else reject(new UnavailableError('The database did not answer in time'));
      };
      // What has arrived meanwhile is read first: a busy process must not take itself for a silent server.
      const lookSoon = (): void => void setImmediate(look);
      timer = setTimeout(lookSoon, Math.max(0, ms));
    });
    try {
      return await Promise.race([work, silent]);
    } finally {
      isOver = true;
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.end(), this.prepared.end()]);
  }

  /** Notes that the server has said something, if only what is wrong. */
  private async heard<T>(answer: Promise<T>): Promise<T> {
    try {
      const result = await answer;
      this.heardAtMs = performance.now();
      return result;
    } catch (error) {
      if (!isConnectionFault(error)) this.heardAtMs = performance.now();
      throw error;
    }
  }

  private async transactionOnce<T>(work: (sql: Sql) => Promise<T>, options: TransactionOptions): Promise<T> {
    const { lockTimeoutMs, prepared = false } = options;
    const client = await (prepared ? this.prepared : this.pool).connect();
    let broken = true;
    try {
      await client.query(lockTimeoutMs === undefined ? 'BEGIN' : `BEGIN; SET LOCAL lock_timeout = ${lockTimeoutMs}`);
      const result = await work({
        query: async (statement, values = []) =>
          rows(await this.heard(client.query(queryOf(prepared ? statement : textOf(statement), values)))),
      });
      await client.query('COMMIT');
      broken = false;
      return result;
    } catch (error) {
      // A server that does not answer is not asked again: the connection ends, and with it the transaction. So does one
      // that keeps a stale plan.
      if (!isConnectionFault(error) && !isStalePlan(error)) {
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

function openPool({ applicationName, connectionString }: DatabaseOptions, max: number, settings?: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    // Idle or not: a distant server takes several ways to let a connection in.
    min: Math.min(KEPT_CONNECTIONS, max),
    application_name: applicationName,
    ...(settings !== undefined && { options: settings }),
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
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const queryOf = (statement: Statement, values: readonly unknown[]): pg.QueryConfig =>
  typeof statement === 'string'
    ? { text: statement, values: [...values] }
    : { name: statement.name, text: statement.text, values: [...values] };

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
