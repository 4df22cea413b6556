import { Inject, Injectable } from '@nestjs/common';
import { NotFoundError, lowestIdAt } from '#libs/core';
import { Database } from '#libs/database';
import {
  MAX_SHOWN_DELIVERIES,
  MESSAGE_COLUMNS,
  SHOWN_STATUS,
  toDeliveryView,
  toMessageView,
  type DeliveryRow,
  type MessageRow,
} from './message-rows.js';
import type { DeliveryView, MessageView } from './message-view.js';
import { ResponseCodes } from '../delivery/response-code.js';
import { ProviderWords, type Reader } from './provider-words.js';

/** Who reads, and whose messages: one caller's, or everybody's when absent. */
export interface Visibility extends Reader {
  readonly callerId?: string;
}

export interface MessageFilter extends Visibility {
  readonly ids?: readonly string[];
  readonly template?: readonly string[];
  readonly channel?: readonly string[];
  readonly account?: readonly string[];
  readonly status?: readonly string[];
  readonly reason?: readonly string[];
  readonly businessKey?: string;
  readonly batchId?: string;
  /** Canonical ref. */
  readonly recipient?: string;
  readonly providerMsgId?: string;
  readonly createdAfter?: Date;
  readonly createdBefore?: Date;
  /** Continue after this id, towards older messages. */
  readonly before?: string;
  readonly limit: number;
}

const IN_FLIGHT = ['accepted', 'sending', 'scheduled'];

/** Collects conditions and their parameters. */
class Conditions {
  readonly values: unknown[] = [];
  private readonly parts: string[] = [];

  add(condition: (parameter: string) => string, value: unknown): void {
    if (value === undefined) return;
    this.values.push(value);
    this.parts.push(condition(`$${this.values.length}`));
  }

  get sql(): string {
    return this.parts.length === 0 ? 'true' : this.parts.join(' AND ');
  }
}

function conditionsOf(filter: MessageFilter): Conditions {
  const where = new Conditions();
  where.add((p) => `m.caller_id = ${p}`, filter.callerId);
  where.add((p) => `m.id = ANY (${p}::uuid[])`, filter.ids);
  where.add((p) => `m.template = ANY (${p}::text[])`, filter.template);
  where.add((p) => `m.reason = ANY (${p}::text[])`, filter.reason);
  where.add((p) => `m.id IN (SELECT b.message_id FROM business_key b WHERE b.key = ${p})`, filter.businessKey);
  where.add((p) => `m.batch_id = ${p}`, filter.batchId);
  where.add(
    (p) => `EXISTS (SELECT FROM delivery d WHERE d.message_id = m.id AND d.channel = ANY (${p}::text[]))`,
    filter.channel,
  );
  where.add(
    (p) => `EXISTS (SELECT FROM delivery d WHERE d.message_id = m.id AND d.account = ANY (${p}::text[]))`,
    filter.account,
  );
  where.add((p) => `m.id IN (SELECT r.message_id FROM recipient r WHERE r.ref = ${p})`, filter.recipient);
  where.add(
    (p) => `m.id IN (SELECT d.message_id FROM delivery d WHERE d.provider_msg_id = ${p})`,
    filter.providerMsgId,
  );
  where.add((p) => `m.id >= ${p}::uuid`, filter.createdAfter && lowestIdAt(filter.createdAfter));
  where.add((p) => `m.id < ${p}::uuid`, filter.createdBefore && lowestIdAt(filter.createdBefore));
  where.add((p) => `m.id < ${p}::uuid`, filter.before);
  addStatus(where, filter.status);
  return where;
}

/** Final states are stored; the states of messages under way are derived, among those that are stored as accepted. */
function addStatus(where: Conditions, status: readonly string[] | undefined): void {
  if (!status) return;
  const isInFlightWanted = status.some((name) => IN_FLIGHT.includes(name));
  const stored = status.filter((name) => !IN_FLIGHT.includes(name));
  where.add((p) => `m.status = ANY (${p}::text[])`, isInFlightWanted ? [...stored, 'accepted'] : stored);
  if (!isInFlightWanted) return;
  where.add((p) => `(m.status <> 'accepted' OR ${SHOWN_STATUS} = ANY (${p}::text[]))`, status);
}

/** Messages and deliveries for display. What a caller may not see is not there for it. */
@Injectable()
export class MessageReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ProviderWords) private readonly words: ProviderWords,
    @Inject(ResponseCodes) private readonly codes: ResponseCodes,
  ) {}

  /** @throws NotFoundError also for another caller's message */
  async getRow(id: string, { callerId }: Visibility): Promise<MessageRow> {
    const [row] = await this.database.query<MessageRow>(
      `SELECT ${MESSAGE_COLUMNS} FROM message m WHERE m.id = $1 AND ($2::uuid IS NULL OR m.caller_id = $2)`,
      [id, callerId ?? null],
    );
    if (!row) throw new NotFoundError('There is no such message');
    return row;
  }

  /** With its first 100 deliveries. */
  async get(id: string, visibility: Visibility): Promise<MessageView> {
    const row = await this.getRow(id, visibility);
    return toMessageView(row, await this.listDeliveries(id, { limit: MAX_SHOWN_DELIVERIES }, visibility));
  }

  /** Newest first. */
  async list(filter: MessageFilter): Promise<readonly MessageView[]> {
    const where = conditionsOf(filter);
    const rows = await this.database.query<MessageRow>(
      `SELECT ${MESSAGE_COLUMNS} FROM message m WHERE ${where.sql} ORDER BY m.id DESC LIMIT ${filter.limit}`,
      where.values,
    );
    return rows.map((row) => toMessageView(row));
  }

  async listDeliveryRows(id: string, page: { after?: number; limit: number }): Promise<readonly DeliveryRow[]> {
    return this.database.query<DeliveryRow>(
      'SELECT * FROM delivery WHERE message_id = $1 AND no > $2 ORDER BY no LIMIT $3',
      [id, page.after ?? 0, page.limit],
    );
  }

  async listDeliveries(
    id: string,
    page: { after?: number; limit: number },
    reader: Reader = {},
  ): Promise<readonly DeliveryView[]> {
    const rows = await this.listDeliveryRows(id, page);
    return rows.map((row) =>
      toDeliveryView(row, { error: this.words.errorOf(row, reader), responseCode: this.codes.find(row) }),
    );
  }

  /** Every account through which a message, or one delivery of it, is or may yet be sent. */
  async listAccounts(id: string, deliveryNo?: number): Promise<readonly string[]> {
    const rows = await this.database.query<{ account: string }>(
      `SELECT DISTINCT x.account FROM delivery d
       CROSS JOIN LATERAL (
         SELECT d.account UNION ALL SELECT jsonb_array_elements_text(coalesce(d.pool, '[]'))
         UNION ALL SELECT jsonb_path_query(d.fallback, '$[*].account') #>> '{}'
         UNION ALL SELECT jsonb_path_query(d.fallback, '$[*].pool[*]') #>> '{}') x (account)
       WHERE d.message_id = $1 AND ($2::int IS NULL OR d.no = $2)`,
      [id, deliveryNo ?? null],
    );
    return rows.map(({ account }) => account);
  }

  /** Ids of the messages that vendor ids belong to, among those that may be seen. */
  async findByProviderIds(
    references: readonly { readonly account: string; readonly id: string }[],
    { callerId }: Visibility,
  ): Promise<readonly string[]> {
    const rows = await this.database.query<{ message_id: string }>(
      `SELECT DISTINCT d.message_id FROM delivery d
       JOIN unnest($1::text[], $2::text[]) AS k (account, id) ON d.account = k.account AND d.provider_msg_id = k.id
       WHERE $3::uuid IS NULL OR d.caller_id = $3`,
      [references.map((item) => item.account), references.map((item) => item.id), callerId ?? null],
    );
    return rows.map((row) => row.message_id);
  }

  /** Ids of the messages that were sent under a business key, among those that may be seen. */
  async findByBusinessKey(key: string, { callerId }: Visibility): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT m.id FROM business_key b JOIN message m ON m.id = b.message_id
       WHERE b.key = $1 AND ($2::uuid IS NULL OR b.caller_id = $2)`,
      [key, callerId ?? null],
    );
    return rows.map((row) => row.id);
  }

  /** Those of the ids that exist and may be seen. */
  async findVisible(ids: readonly string[], { callerId }: Visibility): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT id FROM message WHERE id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR caller_id = $2)',
      [ids, callerId ?? null],
    );
    return rows.map((row) => row.id);
  }
}
