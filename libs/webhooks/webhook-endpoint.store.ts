import { Inject, Injectable } from '@nestjs/common';
import { NotFoundError, newId } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import type { SealedSecret } from '#libs/security';
import { newSecret } from './signature.js';
import { WebhookSecrets } from './webhook-secrets.js';
import type { DisabledReason, WebhookEndpoint, WebhookSettings } from './webhook.js';

/** How long the secret before a rotation signs as well. */
const OVERLAP = `interval '24 hours'`;

interface EndpointRow {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly callers: readonly string[] | null;
  readonly templates: readonly string[];
  readonly enabled: boolean;
  readonly disabled_reason: DisabledReason | null;
  readonly previous_until: Date | null;
  readonly last_success_at: Date | null;
  readonly failing_since: Date | null;
  readonly waiting: number;
  readonly failed: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const COLUMNS = `e.id, e.name, e.url, e.events, e.templates, e.enabled, e.disabled_reason, e.last_success_at,
  e.failing_since, e.created_at, e.updated_at,
  CASE WHEN e.previous_until > now() THEN e.previous_until END AS previous_until,
  (SELECT array_agg(c.code ORDER BY c.code) FROM caller c WHERE c.id = ANY (e.caller_ids)) AS callers,
  n.waiting, n.failed`;

const FROM = `
  FROM webhook_endpoint e CROSS JOIN LATERAL (
    SELECT (count(*) FILTER (WHERE d.status = 'waiting'))::int AS waiting,
      (count(*) FILTER (WHERE d.status = 'failed'))::int AS failed
    FROM webhook_delivery d WHERE d.endpoint_id = e.id AND d.status <> 'delivered') n`;

const toEndpoint = (row: EndpointRow): WebhookEndpoint => ({
  id: row.id,
  name: row.name,
  url: row.url,
  events: row.events,
  callers: row.callers ?? [],
  templates: row.templates,
  enabled: row.enabled,
  ...(row.disabled_reason !== null && { disabledReason: row.disabled_reason }),
  ...(row.previous_until && { previousSecretUntil: row.previous_until }),
  ...(row.last_success_at && { lastSuccessAt: row.last_success_at }),
  ...(row.failing_since && { failingSince: row.failing_since }),
  waiting: row.waiting,
  failed: row.failed,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** So many that a statement changes them in time; the rest has its own due time, within a day. */
const HURRY = `
  UPDATE webhook_delivery d SET due_at = now()
  FROM (
    SELECT endpoint_id, event_id FROM webhook_delivery
    WHERE endpoint_id = $1 AND NOT is_test AND status = 'waiting' AND due_at > now() ORDER BY due_at LIMIT 20000
  ) s
  WHERE d.endpoint_id = s.endpoint_id AND d.event_id = s.event_id`;

const noSuchWebhook = (): NotFoundError => new NotFoundError('There is no such webhook');

const valuesOf = (settings: WebhookSettings): readonly unknown[] => [
  settings.name,
  settings.url,
  settings.events,
  settings.callerIds,
  settings.templates,
  settings.enabled,
];

/** The rows of `webhook_endpoint`. Secrets are answered once, by what makes them. */
@Injectable()
export class WebhookEndpointStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WebhookSecrets) private readonly secrets: WebhookSecrets,
  ) {}

  /** Newest first, those before the id `before`. */
  async list(limit: number, before?: string): Promise<readonly WebhookEndpoint[]> {
    const rows = await this.database.query<EndpointRow>(
      `SELECT ${COLUMNS} ${FROM} WHERE $1::uuid IS NULL OR e.id < $1 ORDER BY e.id DESC LIMIT $2`,
      [before ?? null, limit],
    );
    return rows.map(toEndpoint);
  }

  /** @throws NotFoundError */
  async get(id: string, sql: Sql = this.database): Promise<WebhookEndpoint> {
    const [row] = await sql.query<EndpointRow>(`SELECT ${COLUMNS} ${FROM} WHERE e.id = $1`, [id]);
    if (!row) throw noSuchWebhook();
    return toEndpoint(row);
  }

  async create(settings: WebhookSettings, sql: Sql): Promise<{ readonly id: string; readonly secret: string }> {
    const id = newId();
    const secret = newSecret();
    await sql.query(
      `INSERT INTO webhook_endpoint (name, url, events, caller_ids, templates, enabled, id, secret)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [...valuesOf(settings), id, this.secrets.seal(id, secret)],
    );
    return { id, secret };
  }

  /**
   * What an endpoint is owed waits while it is switched off, and is due when it is on again.
   * @throws NotFoundError
   */
  async update(id: string, settings: WebhookSettings, sql: Sql): Promise<void> {
    const [was] = await sql.query<{ enabled: boolean }>(
      `WITH was AS (SELECT enabled FROM webhook_endpoint WHERE id = $7 FOR UPDATE)
       UPDATE webhook_endpoint e SET name = $1, url = $2, events = $3, caller_ids = $4, templates = $5, enabled = $6,
         disabled_reason = CASE WHEN NOT $6 AND NOT e.enabled THEN disabled_reason END,
         failing_since = CASE WHEN $6 AND e.enabled THEN failing_since END, updated_at = now()
       FROM was WHERE e.id = $7 RETURNING was.enabled`,
      [...valuesOf(settings), id],
    );
    if (!was) throw noSuchWebhook();
    if (settings.enabled && !was.enabled) await sql.query(HURRY, [id]);
  }

  /** What it was owed is sent to nobody, and goes with its events. @throws NotFoundError */
  async remove(id: string, sql: Sql): Promise<void> {
    const rows = await sql.query(`DELETE FROM webhook_endpoint WHERE id = $1 RETURNING id`, [id]);
    if (rows.length === 0) throw noSuchWebhook();
  }

  /** Answers the new secret. @throws NotFoundError */
  async rotate(id: string, sql: Sql): Promise<string> {
    const [row] = await sql.query<{ secret: SealedSecret }>(
      `SELECT secret FROM webhook_endpoint WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (!row) throw noSuchWebhook();
    const secret = newSecret();
    await sql.query(
      `UPDATE webhook_endpoint SET secret = $2, previous_secret = $3, previous_until = now() + ${OVERLAP},
         updated_at = now() WHERE id = $1`,
      [id, this.secrets.seal(id, secret), this.secrets.sealAsPrevious(id, row.secret)],
    );
    return secret;
  }
}
