import { Inject, Injectable } from '@nestjs/common';
import { AccountReader } from '#libs/accounts';
import type { Addressee, OutboundDelivery } from '#libs/channels';
import type { JsonObject, JsonValue } from '#libs/core';
import { Database } from '#libs/database';
import { redact } from '#libs/security';
import { ContentReader, type DeliveryContent } from './content.reader.js';
import { instant, type MessageRow } from './message-rows.js';
import type { AttemptView } from './message-view.js';
import { ProviderWords, type Reader } from './provider-words.js';

interface AttemptRow {
  readonly delivery_no: number;
  readonly no: number;
  readonly channel: string;
  readonly account: string;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly code: string | null;
  readonly provider_msg_id: string | null;
  readonly addressees: string[] | null;
  readonly exchange: JsonObject | null;
  /** Seconds for which the vendor was asked to drop repetitions; null or 0: it was not. */
  readonly repeat_check: number | null;
}

export interface AttemptPosition {
  readonly deliveryNo: number;
  readonly no: number;
}

/** Provider calls with request and answer. Request bodies are never stored: the same pure functions build them again. */
@Injectable()
export class AttemptReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ContentReader) private readonly contents: ContentReader,
    @Inject(AccountReader) private readonly accounts: AccountReader,
    @Inject(ProviderWords) private readonly words: ProviderWords,
  ) {}

  /** Oldest first. */
  async list(
    message: MessageRow,
    page: { readonly after?: AttemptPosition; readonly deliveryNo?: number; readonly limit: number },
    reader: Reader = {},
  ): Promise<readonly AttemptView[]> {
    const rows = await this.database.query<AttemptRow>(
      `SELECT a.*, d.channel, d.account, d.repeat_check FROM attempt a
       JOIN delivery d ON d.message_id = a.message_id AND d.no = a.delivery_no
       WHERE a.message_id = $1 AND (a.delivery_no, a.no) > ($2, $3) AND ($4::int IS NULL OR a.delivery_no = $4)
       ORDER BY a.delivery_no, a.no LIMIT $5`,
      [message.id, page.after?.deliveryNo ?? 0, page.after?.no ?? 0, page.deliveryNo ?? null, page.limit],
    );
    return Promise.all(rows.map((row) => this.toView(message, row, reader)));
  }

  private async toView(message: MessageRow, row: AttemptRow, reader: Reader): Promise<AttemptView> {
    const { channel, code, exchange, finished_at: finishedAt, outcome, reason } = row;
    return {
      deliveryNo: row.delivery_no,
      no: row.no,
      channel,
      account: row.account,
      startedAt: instant(row.started_at),
      ...(finishedAt && { finishedAt: instant(finishedAt) }),
      ...(outcome !== null && { outcome }),
      ...(reason !== null && { reason }),
      ...(code !== null && { code }),
      ...(code !== null && outcome !== 'sent' && { provider: this.words.explain({ channel, code, reason }, reader) }),
      ...(row.provider_msg_id !== null && { providerMsgId: row.provider_msg_id }),
      ...(exchange && (await this.exchangeOf(message, row, exchange, reader))),
    };
  }

  private async exchangeOf(
    message: MessageRow,
    row: AttemptRow,
    exchange: JsonObject,
    reader: Reader,
  ): Promise<Pick<AttemptView, 'request' | 'response' | 'durationMs'>> {
    const { body, durationMs, fault, method, status, url } = exchange;
    const request = { method: method ?? 'POST', url: url ?? '', body: await this.requestBody(message, row) };
    const answer = this.words.answerFor(readJson(body), reader);
    const response = fault === undefined ? { status: status ?? 0, body: answer } : { fault };
    return { request, response, ...(typeof durationMs === 'number' && { durationMs }) };
  }

  /** Null once template, parameters or account are gone. */
  private async requestBody(message: MessageRow, row: AttemptRow): Promise<JsonValue> {
    try {
      const content = await this.contents.ofDelivery(message, row.delivery_no);
      const account = await this.accounts.get(row.account);
      const outbound = outboundOf(content, row);
      return redact(content.route.channel.handler.buildBody(outbound, account.config));
    } catch {
      return null;
    }
  }
}

function outboundOf(
  { content, delivery, mentions, route }: DeliveryContent,
  { addressees, repeat_check: repeatCheck }: AttemptRow,
): OutboundDelivery {
  return {
    deliveryId: `${delivery.message_id}-${delivery.no}`,
    content,
    addressees: (addressees ?? []).map(readAddressee),
    mentions,
    options: route.options,
    ...(repeatCheck !== null && { repeatCheckSeconds: repeatCheck }),
  };
}

/** Users stand as they are, the other types as `department:12`. */
function readAddressee(text: string): Addressee {
  const match = /^(department|tag|all):(.*)$/.exec(text);
  return match ? { type: match[1] as 'department', id: match[2] ?? '' } : { type: 'user', id: text };
}

function readJson(text: JsonValue | undefined): JsonValue {
  if (typeof text !== 'string') return null;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
