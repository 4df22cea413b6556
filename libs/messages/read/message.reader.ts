import { Inject, Injectable } from '@nestjs/common';
import { NotFoundError } from '#libs/core';
import { Database } from '#libs/database';
import {
  MAX_SHOWN_DELIVERIES,
  MESSAGE_COLUMNS,
  toDeliveryView,
  toMessageView,
  type DeliveryRow,
  type MessageRow,
} from './message-rows.js';
import { LISTED_COLUMNS, describeMessage, type ListedRow } from './message-description.js';
import { pageSql, type MessageFilter, type Visibility } from './message-filter.js';
import type { DeliveryView, MessageView } from './message-view.js';
import { ResponseCodes } from '../delivery/response-code.js';
import { ProviderWords, type Reader } from './provider-words.js';

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

  /** As `get`, with a sentence and everything else that a list shows. */
  async getDescribed(id: string, visibility: Visibility): Promise<MessageView> {
    const [row] = await this.listRows({ ...visibility, ids: [id], limit: 1 });
    if (!row) throw new NotFoundError('There is no such message');
    const deliveries = await this.listDeliveries(id, { limit: MAX_SHOWN_DELIVERIES }, visibility);
    return { ...describeMessage(row, this.words, visibility), deliveries };
  }

  /** Newest first. */
  async list(filter: MessageFilter): Promise<readonly MessageView[]> {
    const rows = await this.listRows(filter);
    return rows.map((row) => describeMessage(row, this.words, filter));
  }

  private async listRows(filter: MessageFilter): Promise<readonly ListedRow[]> {
    const page = pageSql(filter);
    return this.database.query<ListedRow>(
      `WITH page AS MATERIALIZED (${page.sql})
       SELECT ${LISTED_COLUMNS} FROM page JOIN message m ON m.id = page.id ORDER BY page.id DESC`,
      page.values,
    );
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
