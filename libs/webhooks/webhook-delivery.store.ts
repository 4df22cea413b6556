import { Inject, Injectable } from '@nestjs/common';
import { NotFoundError, lowestIdAt, newId, type JsonObject } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import { TEST_EVENT, type WebhookDelivery, type WebhookDeliveryStatus } from './webhook.js';

interface DeliveryRow {
  readonly event_id: string;
  readonly type: string;
  readonly at: Date;
  readonly data: JsonObject;
  readonly status: WebhookDeliveryStatus;
  readonly tries: number;
  readonly next_try_at: Date | null;
  readonly attempted_at: Date | null;
  readonly took_ms: number | null;
  readonly code: number | null;
  readonly error: string | null;
  readonly answer: string | null;
}

export interface DeliveryFilter {
  readonly status?: WebhookDeliveryStatus;
  readonly type?: string;
  readonly from?: Date;
  readonly to?: Date;
  /** Those before this event. */
  readonly before?: string;
  readonly limit: number;
}

/** Either these events, or those of a range of time. */
export interface ReplaySelection {
  readonly eventIds?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  /** Of a range: those that came through as well, not only those that failed. */
  readonly all?: boolean;
}

const SELECT = `
  SELECT d.event_id, v.type, v.at, v.data, d.status, d.tries, d.attempted_at, d.took_ms, d.code, d.error, d.answer,
    CASE WHEN d.status = 'waiting' AND (e.enabled OR d.is_test) THEN d.due_at END AS next_try_at
  FROM webhook_endpoint e JOIN webhook_delivery d ON d.endpoint_id = e.id JOIN webhook_event v ON v.id = d.event_id
  WHERE e.id = $1`;

const REPLAY = `
  UPDATE webhook_delivery d SET status = 'waiting', tries = 0,
    due_at = now()
  FROM webhook_event v
  WHERE d.endpoint_id = $1 AND v.id = d.event_id
    AND CASE WHEN $2::uuid[] IS NOT NULL THEN d.event_id = ANY ($2)
        ELSE v.at >= $3 AND d.event_id >= $6::uuid AND ($4::timestamptz IS NULL OR v.at < $4)
          AND (d.status = 'failed' OR ($5 AND d.status = 'delivered')) AND NOT d.is_test END
  RETURNING d.event_id`;

const CLOCKS_APART_MS = 60_000;

/** No event that happened then or later has a lower one: ids are given after the transaction has begun. */
const earliestId = (at: Date): string => lowestIdAt(new Date(Math.max(0, at.getTime() - CLOCKS_APART_MS)));

const toDelivery = (row: DeliveryRow): WebhookDelivery => ({
  eventId: row.event_id,
  type: row.type,
  at: row.at,
  data: row.data,
  status: row.status,
  tries: row.tries,
  ...(row.next_try_at && { nextTryAt: row.next_try_at }),
  ...(row.attempted_at && { attemptedAt: row.attempted_at }),
  ...(row.took_ms !== null && { tookMs: row.took_ms }),
  ...(row.code !== null && { code: row.code }),
  ...(row.error !== null && { error: row.error }),
  ...(row.answer !== null && { answer: row.answer }),
});

/** What an endpoint was told, and what it is owed. */
@Injectable()
export class WebhookDeliveryStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Newest first. */
  async list(endpointId: string, filter: DeliveryFilter): Promise<readonly WebhookDelivery[]> {
    const { before, from, limit, status, to, type } = filter;
    const rows = await this.database.query<DeliveryRow>(
      `${SELECT} AND ($2::uuid IS NULL OR d.event_id < $2) AND ($3::text IS NULL OR d.status = $3)
         AND ($4::text IS NULL OR v.type = $4) AND ($5::timestamptz IS NULL OR v.at >= $5 AND d.event_id >= $8::uuid)
         AND ($6::timestamptz IS NULL OR v.at < $6)
       ORDER BY d.event_id DESC LIMIT $7`,
      [
        endpointId,
        before ?? null,
        status ?? null,
        type ?? null,
        from ?? null,
        to ?? null,
        limit,
        from ? earliestId(from) : null,
      ],
    );
    return rows.map(toDelivery);
  }

  /** @throws NotFoundError */
  async get(endpointId: string, eventId: string): Promise<WebhookDelivery> {
    const [row] = await this.database.query<DeliveryRow>(`${SELECT} AND d.event_id = $2`, [endpointId, eventId]);
    if (!row) throw new NotFoundError('The webhook was never owed such an event');
    return toDelivery(row);
  }

  /** Sends again, from the first try on. Answers how many events. */
  async replay(endpointId: string, { all = false, eventIds, from, to }: ReplaySelection, sql: Sql): Promise<number> {
    const values = [endpointId, eventIds ?? null, from ?? null, to ?? null, all, from ? earliestId(from) : null];
    return (await sql.query(REPLAY, values)).length;
  }

  /** An event that says nothing, also for an endpoint that is switched off. Answers its id. */
  async test(endpointId: string, sql: Sql): Promise<string> {
    const id = newId();
    await sql.query(`INSERT INTO webhook_event (id, type, data) VALUES ($1, $2, $3)`, [
      id,
      TEST_EVENT,
      JSON.stringify({ webhookId: endpointId }),
    ]);
    await sql.query(`INSERT INTO webhook_delivery (endpoint_id, event_id, is_test) VALUES ($1, $2, true)`, [
      endpointId,
      id,
    ]);
    return id;
  }
}
