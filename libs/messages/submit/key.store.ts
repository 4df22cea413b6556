import { Inject, Injectable } from '@nestjs/common';
import { Database, PreparedStatement, UnnestTable, jsonText, type Sql } from '#libs/database';

/** An `Idempotency-Key` as sent: scope is caller and route. */
export interface IdempotencyKey {
  readonly callerId: string;
  readonly route: string;
  readonly key: string;
  /** SHA-256 of the canonical JSON body. */
  readonly bodyHash: Buffer;
}

export interface StoredIdempotency {
  readonly bodyHash: Buffer;
  readonly httpStatus: number;
  readonly resourceId: string;
  readonly results?: unknown;
}

export interface IdempotencyClaim extends IdempotencyKey {
  readonly resourceId: string;
  readonly httpStatus: number;
  readonly results?: unknown;
}

export interface BusinessKeyClaim {
  readonly callerId: string;
  readonly key: string;
  readonly messageId: string;
  /** SHA-256 over template, recipients and params. */
  readonly requestHash: Buffer;
}

export interface StoredBusinessKey {
  readonly messageId: string;
  readonly requestHash: Buffer;
}

export const idempotencyRows = new UnnestTable<IdempotencyClaim>('k', {
  caller_id: ['uuid', (claim) => claim.callerId],
  route: ['text', (claim) => claim.route],
  key: ['text', (claim) => claim.key],
  body_hash: ['bytea', (claim) => claim.bodyHash],
  http_status: ['smallint', (claim) => claim.httpStatus],
  resource_id: ['uuid', (claim) => claim.resourceId],
  results: ['jsonb', (claim) => jsonText(claim.results)],
});

const businessRows = new UnnestTable<BusinessKeyClaim>('k', {
  caller_id: ['uuid', (claim) => claim.callerId],
  key: ['text', (claim) => claim.key],
  message_id: ['uuid', (claim) => claim.messageId],
  request_hash: ['bytea', (claim) => claim.requestHash],
});

/** Resource ids of the claims that won, their rows from parameter `first` on. A key older than 24 hours is free again. */
export const claimIdempotencySql = (first: number, after?: string): string => `
  INSERT INTO idempotency_key AS i (caller_id, route, key, body_hash, http_status, resource_id, results)
  SELECT caller_id, route, key, body_hash, http_status, resource_id, results
  FROM ${idempotencyRows.from(first)}${after === undefined ? '' : `, ${after}`}
  ON CONFLICT (caller_id, route, key) DO UPDATE
    SET body_hash = excluded.body_hash, http_status = excluded.http_status, resource_id = excluded.resource_id,
        results = excluded.results, created_at = now()
    WHERE i.created_at <= now() - interval '24 hours'
  RETURNING resource_id`;

const askedKeys = new UnnestTable<IdempotencyKey & { readonly n: number }>('k', {
  n: ['integer', ({ n }) => n],
  caller_id: ['uuid', ({ callerId }) => callerId],
  route: ['text', ({ route }) => route],
  key: ['text', ({ key }) => key],
});

const FIND = new PreparedStatement(`
  SELECT k.n, i.body_hash, i.http_status, i.resource_id, i.results
  FROM ${askedKeys.from(1)} JOIN idempotency_key i ON i.caller_id = k.caller_id AND i.route = k.route AND i.key = k.key
  WHERE i.created_at > now() - interval '24 hours'`);

interface IdempotencyRow {
  readonly n: number;
  readonly body_hash: Buffer;
  readonly http_status: number;
  readonly resource_id: string;
  readonly results: unknown;
}

/** Unique keys that keep a repeated request single. Claims wait for a concurrent transaction's commit. */
@Injectable()
export class KeyStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async findIdempotency(key: IdempotencyKey, sql: Sql = this.database): Promise<StoredIdempotency | undefined> {
    const [stored] = await this.findAllIdempotency([key], sql);
    return stored;
  }

  /** In the order of the keys. */
  async findAllIdempotency(
    keys: readonly IdempotencyKey[],
    sql: Sql = this.database,
  ): Promise<readonly (StoredIdempotency | undefined)[]> {
    const rows = await sql.query<IdempotencyRow>(FIND, askedKeys.values(keys.map((key, n) => ({ ...key, n }))));
    const byPlace = new Map(rows.map((row) => [row.n, toStored(row)]));
    return keys.map((_key, n) => byPlace.get(n));
  }

  /** Resource ids of the claims that won. A key older than 24 hours is free again. */
  async claimIdempotency(claims: readonly IdempotencyClaim[], sql: Sql): Promise<ReadonlySet<string>> {
    const rows = await sql.query<{ resource_id: string }>(claimIdempotencySql(1), idempotencyRows.values(claims));
    return new Set(rows.map((row) => row.resource_id));
  }

  /** Message ids of the claims that won. */
  async claimBusinessKeys(claims: readonly BusinessKeyClaim[], sql: Sql): Promise<ReadonlySet<string>> {
    const rows = await sql.query<{ message_id: string }>(
      `INSERT INTO business_key (caller_id, key, message_id, request_hash)
       SELECT caller_id, key, message_id, request_hash FROM ${businessRows.from(1)}
       ON CONFLICT DO NOTHING RETURNING message_id`,
      businessRows.values(claims),
    );
    return new Set(rows.map((row) => row.message_id));
  }

  async findBusinessKey(
    callerId: string,
    key: string,
    sql: Sql = this.database,
  ): Promise<StoredBusinessKey | undefined> {
    const [row] = await sql.query<{ message_id: string; request_hash: Buffer }>(
      'SELECT message_id, request_hash FROM business_key WHERE caller_id = $1 AND key = $2',
      [callerId, key],
    );
    return row && { messageId: row.message_id, requestHash: row.request_hash };
  }

  /** The request turned out to repeat an earlier message: its key answers with that one from now on. */
  async redirectIdempotency(key: IdempotencyKey, messageId: string, sql: Sql): Promise<void> {
    await sql.query(
      'UPDATE idempotency_key SET http_status = 200, resource_id = $4 WHERE caller_id = $1 AND route = $2 AND key = $3',
      [key.callerId, key.route, key.key, messageId],
    );
  }

  /** The request was refused after all: only answers of success are replayed. */
  async dropIdempotency(key: IdempotencyKey, sql: Sql): Promise<void> {
    await sql.query('DELETE FROM idempotency_key WHERE caller_id = $1 AND route = $2 AND key = $3', [
      key.callerId,
      key.route,
      key.key,
    ]);
  }

  async storeResults(key: IdempotencyKey, results: unknown, sql: Sql): Promise<void> {
    await sql.query('UPDATE idempotency_key SET results = $4 WHERE caller_id = $1 AND route = $2 AND key = $3', [
      key.callerId,
      key.route,
      key.key,
      JSON.stringify(results),
    ]);
  }

  /** Forgets idempotency keys that can no longer be replayed. */
  async purgeIdempotency(): Promise<void> {
    await this.database.query(`DELETE FROM idempotency_key WHERE created_at <= now() - interval '25 hours'`);
  }
}

const toStored = (row: IdempotencyRow): StoredIdempotency => ({
  bodyHash: row.body_hash,
  httpStatus: row.http_status,
  resourceId: row.resource_id,
  ...(row.results !== null && { results: row.results }),
});
