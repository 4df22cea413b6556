import { Inject, Injectable } from '@nestjs/common';
import { lowestIdAt, type JsonObject } from '#libs/core';
import { Database } from '#libs/database';
import type { SealedSecret } from '#libs/security';
import type { DisabledReason } from './webhook.js';

/** Longer than a call may take: afterwards its process is gone. */
const LEASE = `interval '30 seconds'`;
const FAILING_FOR = `interval '5 days'`;
const PURGE_ROWS = 5_000;

const CLAIM = `
  WITH taken AS (
    SELECT due.event_id, e.id, e.url, e.secret,
      CASE WHEN e.previous_until > now() THEN e.previous_secret END AS previous_secret
    FROM webhook_endpoint e
    CROSS JOIN unnest(CASE WHEN e.enabled THEN ARRAY[true, false] ELSE ARRAY[true] END) AS k (is_test)
    LEFT JOIN unnest($1::uuid[], $2::int[]) AS b (id, calls) ON b.id = e.id
    CROSS JOIN LATERAL (
      SELECT d.event_id FROM webhook_delivery d
      WHERE d.endpoint_id = e.id AND d.is_test = k.is_test AND d.status = 'waiting' AND d.due_at <= now()
      ORDER BY d.due_at LIMIT greatest(0, $3 - coalesce(b.calls, 0)) FOR UPDATE SKIP LOCKED
    ) due
  )
  UPDATE webhook_delivery d SET attempts = d.attempts + 1, tries = d.tries + 1, attempted_at = now(),
    due_at = now() + ${LEASE}
  FROM taken t JOIN webhook_event v ON v.id = t.event_id
  WHERE d.endpoint_id = t.id AND d.event_id = t.event_id
  RETURNING t.id AS "endpointId", d.event_id AS "eventId", d.attempts AS fence, d.tries, d.is_test AS "isTest",
    t.url, t.secret, t.previous_secret AS "previousSecret", v.type, v.at, v.data`;

const END = `
  UPDATE webhook_delivery SET status = $4, due_at = now() + $5 * interval '1 ms', took_ms = $6, code = $7, error = $8,
    answer = $9
  WHERE endpoint_id = $1 AND event_id = $2 AND attempts = $3 AND status = 'waiting'`;

/** An endpoint that does well is written to now and then only. */
const WELL = `
  UPDATE webhook_endpoint SET last_success_at = now(), failing_since = NULL
  WHERE id = $1
    AND (failing_since IS NOT NULL OR last_success_at IS NULL OR last_success_at < now() - interval '10 seconds')`;

const BADLY = `
  UPDATE webhook_endpoint SET failing_since = coalesce(failing_since, now()),
    enabled = NOT ($2 OR coalesce(failing_since < now() - ${FAILING_FOR}, false)),
    disabled_reason = CASE WHEN $2 THEN 'gone' WHEN failing_since < now() - ${FAILING_FOR} THEN 'failing' END
  WHERE id = $1 AND enabled AND ($2 OR failing_since IS NULL OR failing_since < now() - ${FAILING_FOR})
  RETURNING disabled_reason AS reason`;

export interface ClaimedWebhook {
  readonly endpointId: string;
  readonly eventId: string;
  readonly fence: number;
  readonly tries: number;
  readonly isTest: boolean;
  readonly url: string;
  readonly secret: SealedSecret;
  readonly previousSecret: SealedSecret | null;
  readonly type: string;
  readonly at: Date;
  readonly data: JsonObject;
}

export interface WebhookOutcome {
  readonly status: 'waiting' | 'delivered' | 'failed';
  /** Until the next try. */
  readonly waitMs: number;
  readonly tookMs: number;
  readonly code?: number;
  readonly error?: string;
  readonly text?: string;
}

type Key = Pick<ClaimedWebhook, 'endpointId' | 'eventId' | 'fence'>;

/** What is owed to endpoints, as the worker sees it. */
@Injectable()
export class WebhookQueueStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** What is due, so that no endpoint has more than `perEndpoint` calls together with those that are `busy`. */
  async claim(busy: ReadonlyMap<string, number>, perEndpoint: number): Promise<readonly ClaimedWebhook[]> {
    return this.database.query<ClaimedWebhook>(CLAIM, [[...busy.keys()], [...busy.values()], perEndpoint]);
  }

  /** Nothing when another process holds it by now. */
  async end({ endpointId, eventId, fence }: Key, outcome: WebhookOutcome): Promise<void> {
    const { code = null, error = null, status, text = null, tookMs, waitMs } = outcome;
    await this.database.query(END, [endpointId, eventId, fence, status, waitMs, tookMs, code, error, text]);
  }

  /** A call that was not ended: due again as if it had not begun. */
  async giveBack({ endpointId, eventId, fence }: Key): Promise<void> {
    await this.database.query(
      `UPDATE webhook_delivery SET due_at = now(), tries = tries - 1
       WHERE endpoint_id = $1 AND event_id = $2 AND attempts = $3 AND status = 'waiting'`,
      [endpointId, eventId, fence],
    );
  }

  async noteSuccess(endpointId: string): Promise<void> {
    await this.database.query(WELL, [endpointId]);
  }

  /** Answers why the endpoint is switched off by this, if it is. `isGone`: the receiver wants no more. */
  async noteFailure(endpointId: string, isGone: boolean): Promise<DisabledReason | undefined> {
    const [row] = await this.database.query<{ reason: DisabledReason | null }>(BADLY, [endpointId, isGone]);
    return row?.reason ?? undefined;
  }

  /** Forgets some events before that time, with what was owed of them; false when none is left. */
  async purgeSome(before: Date): Promise<boolean> {
    const rows = await this.database.query(
      `WITH old AS (
         DELETE FROM webhook_event WHERE id IN (
           SELECT id FROM webhook_event WHERE id < $1::uuid ORDER BY id LIMIT ${PURGE_ROWS})
         RETURNING id
       ), owed AS (DELETE FROM webhook_delivery d USING old WHERE d.event_id = old.id)
       SELECT FROM old LIMIT 1`,
      [lowestIdAt(before)],
    );
    return rows.length > 0;
  }
}
