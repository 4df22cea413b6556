import { Inject, Injectable } from '@nestjs/common';
import { Database, PreparedStatement, UnnestTable, jsonText, type Sql } from '#libs/database';
import { mergeKeyOf } from '../digest/merge-key.js';
import { firstLookSeconds } from '../fallback/fallback-route.js';
import { claimIdempotencySql, idempotencyRows, type IdempotencyClaim } from './key.store.js';
import { PRIORITIES, type MessagePlan, type PlannedDelivery, type PlannedRecipient } from '../plan/message-plan.js';

/** A plan on its way into the tables. */
export interface Acceptance {
  readonly plan: MessagePlan;
  /** The accepting process will enqueue it itself: the sweep leaves it alone for a while. */
  readonly published: boolean;
}

/** How long the sweep waits for a delivery that its accepting process said it would enqueue. */
const OWN_PUBLICATION_MS = 4_000;

interface DeliveryRow {
  readonly acceptance: Acceptance;
  readonly delivery: PlannedDelivery;
}

interface RecipientRow extends DeliveryRow {
  readonly recipient: PlannedRecipient;
}

const messages = new UnnestTable<Acceptance>('m', {
  id: ['uuid', ({ plan }) => plan.id],
  caller_id: ['uuid', ({ plan }) => plan.callerId],
  template: ['text', ({ plan }) => (plan.request.inlineContent ? null : plan.request.template.code)],
  template_version: ['integer', ({ plan }) => (plan.request.inlineContent ? null : plan.request.template.version)],
  inline_content: ['jsonb', ({ plan }) => jsonText(plan.request.inlineContent)],
  is_test: ['boolean', ({ plan }) => plan.request.isTest ?? false],
  priority: ['smallint', ({ plan }) => PRIORITIES[plan.request.priority]],
  params: ['jsonb', ({ plan }) => jsonText(plan.params)],
  metadata: ['jsonb', ({ plan }) => jsonText(plan.request.metadata)],
  business_key: ['text', ({ plan }) => plan.request.businessKey],
  batch_id: ['uuid', ({ plan }) => plan.request.batchId],
  send_at: ['timestamptz', ({ plan }) => plan.sendAt?.toISOString()],
  expire_at: ['timestamptz', ({ plan }) => plan.expireAt.toISOString()],
  recipient_count: ['integer', ({ plan }) => plan.recipientCount],
  delivery_count: ['integer', ({ plan }) => plan.deliveries.length],
  row_count: ['integer', ({ plan }) => rowCount(plan)],
  created_at: ['timestamptz', ({ plan }) => plan.createdAt.toISOString()],
});

const deliveries = new UnnestTable<DeliveryRow>('d', {
  message_id: ['uuid', ({ acceptance }) => acceptance.plan.id],
  no: ['integer', ({ delivery }) => delivery.no],
  route_no: ['smallint', ({ delivery }) => delivery.route.no],
  channel: ['text', ({ delivery }) => delivery.route.channel.name],
  account: ['text', ({ delivery }) => delivery.account],
  pool: ['jsonb', ({ delivery }) => (delivery.pool.length > 0 ? JSON.stringify(delivery.pool) : null)],
  caller_id: ['uuid', ({ acceptance }) => acceptance.plan.callerId],
  priority: ['smallint', ({ acceptance }) => PRIORITIES[acceptance.plan.request.priority]],
  params: ['jsonb', ({ delivery }) => jsonText(delivery.params)],
  resend_budget: ['smallint', (row) => resendBudget(row)],
  expire_at: ['timestamptz', ({ acceptance }) => acceptance.plan.expireAt.toISOString()],
  send_at: ['timestamptz', ({ acceptance }) => acceptance.plan.sendAt?.toISOString()],
  wait_ms: ['integer', ({ acceptance }) => (acceptance.published ? OWN_PUBLICATION_MS : 0)],
  publish_no: ['integer', ({ acceptance }) => (acceptance.published ? 1 : 0)],
  fallback: ['jsonb', ({ delivery }) => (delivery.fallback.length > 0 ? JSON.stringify(delivery.fallback) : null)],
  merge_key: ['text', ({ acceptance, delivery }) => mergeKeyOf(acceptance.plan, delivery)],
  fallback_seconds: ['integer', (row) => lookSeconds(row)],
  created_at: ['timestamptz', ({ acceptance }) => acceptance.plan.createdAt.toISOString()],
});

const recipients = new UnnestTable<RecipientRow>('r', {
  message_id: ['uuid', ({ acceptance }) => acceptance.plan.id],
  row_no: ['integer', ({ recipient }) => recipient.rowNo],
  delivery_no: ['integer', ({ delivery }) => delivery.no],
  route_no: ['smallint', ({ delivery }) => delivery.route.no],
  ref: ['text', ({ recipient }) => recipient.ref],
  addressee_type: ['text', ({ recipient }) => recipient.addresseeType],
  addressee_id: ['text', ({ recipient }) => recipient.addresseeId],
  detail: ['jsonb', ({ recipient }) => jsonText(recipient.detail)],
  created_at: ['timestamptz', ({ acceptance }) => acceptance.plan.createdAt.toISOString()],
});

/**
 * Message, deliveries and recipients; their parameters from `first` on. `among` names a relation of the ids that are to
 * be stored; without it all are.
 */
function insertSql(first: number, among?: string): string {
  const only = (id: string): string => (among === undefined ? '' : `WHERE ${id} IN (SELECT resource_id FROM ${among})`);
  return `message_rows AS (
    INSERT INTO message (id, caller_id, template, template_version, inline_content, is_test, priority, params, metadata,
      business_key, batch_id, send_at, expire_at, recipient_count, delivery_count, row_count, open_rows, created_at,
      updated_at)
    SELECT id, caller_id, template, template_version, inline_content, is_test, priority, params, metadata, business_key,
      batch_id, send_at, expire_at, recipient_count, delivery_count, row_count, row_count, created_at, created_at
    FROM ${messages.from(first)} ${only('id')}
  ), delivery_rows AS (
    INSERT INTO delivery (message_id, no, kind, route_no, channel, account, pool, caller_id, status, reason, priority,
      params, resend_budget, expire_at, next_attempt_at, publish_at, publish_no, fallback, fallback_at, merge_key,
      created_at, updated_at)
    SELECT message_id, no, 'first', route_no, channel, account, pool, caller_id,
      CASE WHEN send_at IS NULL THEN 'accepted' ELSE 'scheduled' END,
      CASE WHEN send_at IS NULL THEN NULL ELSE 'send_at' END, priority, params, resend_budget, expire_at, send_at,
      coalesce(send_at, now() + wait_ms * interval '1 ms'), publish_no, fallback,
      coalesce(send_at, now()) + fallback_seconds * interval '1 s', merge_key, created_at, created_at
    FROM ${deliveries.from(first + messages.width)} ${only('message_id')}
  ), recipient_rows AS (
    INSERT INTO recipient (message_id, row_no, delivery_no, route_no, ref, addressee_type, addressee_id, detail,
      updated_at)
    SELECT message_id, row_no, delivery_no, route_no, ref, addressee_type, addressee_id, detail, created_at
    FROM ${recipients.from(first + messages.width + deliveries.width)} ${only('message_id')}
  )`;
}

const INSERT = new PreparedStatement(`WITH ${insertSql(1)} SELECT`);

/**
 * Claims idempotency keys ($1: ms to wait for one that another request holds) and stores the messages whose keys were
 * free, in one statement: a request pays one way to PostgreSQL instead of four.
 */
const INSERT_KEYED = new PreparedStatement(`
  WITH patience AS MATERIALIZED (SELECT set_config('lock_timeout', $1, true)),
  won AS (${claimIdempotencySql(2, 'patience')}), ${insertSql(2 + idempotencyRows.width, 'won')}
  SELECT resource_id FROM won`);

const rowCount = (plan: MessagePlan): number =>
  plan.deliveries.reduce((total, delivery) => total + delivery.recipients.length, 0);

/** How often an attempt of unclear outcome may be repeated: never under `hold`. */
const resendBudget = ({ acceptance, delivery }: DeliveryRow): number =>
  acceptance.plan.request.template.onAmbiguous === 'hold' ? 0 : delivery.route.channel.resendsAfterAmbiguity;

const lookSeconds = ({ acceptance, delivery }: DeliveryRow): number | undefined =>
  delivery.fallback.length > 0 ? firstLookSeconds(acceptance.plan.request.template) : undefined;

/** Writes accepted messages: one statement for any number of them. */
@Injectable()
export class AcceptStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async insert(acceptances: readonly Acceptance[], sql: Sql = this.database): Promise<void> {
    await sql.query(INSERT, valuesOf(acceptances));
  }

  /** Stores those whose idempotency key is free; answers their ids. */
  async insertKeyed(
    acceptances: readonly Acceptance[],
    claims: readonly IdempotencyClaim[],
    waitMs: number,
  ): Promise<ReadonlySet<string>> {
    const values = [String(waitMs), ...idempotencyRows.values(claims), ...valuesOf(acceptances)];
    const rows = await this.database.query<{ resource_id: string }>(INSERT_KEYED, values);
    return new Set(rows.map((row) => row.resource_id));
  }

  /** Enqueuing failed: lets the sweep take the deliveries at once instead of after the grace period. */
  async releaseToSweep(messageIds: readonly string[]): Promise<void> {
    await this.database.query(
      `UPDATE delivery SET publish_at = now()
       WHERE message_id = ANY($1::uuid[]) AND status = 'accepted' AND publish_no = 1 AND fence = 0`,
      [messageIds],
    );
  }
}

function valuesOf(acceptances: readonly Acceptance[]): unknown[] {
  const deliveryRows = acceptances.flatMap((acceptance) =>
    acceptance.plan.deliveries.map((delivery) => ({ acceptance, delivery })),
  );
  const recipientRows = deliveryRows.flatMap((row) =>
    row.delivery.recipients.map((recipient) => ({ ...row, recipient })),
  );
  return [...messages.values(acceptances), ...deliveries.values(deliveryRows), ...recipients.values(recipientRows)];
}
