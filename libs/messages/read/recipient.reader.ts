import { Inject, Injectable } from '@nestjs/common';
import { REMEDIES, describeReason, reasonSentence, type JsonObject, type Language, type RemedyId } from '#libs/core';
import { Database } from '#libs/database';
import { instant } from './message-rows.js';
import type { RecipientView } from './message-view.js';
import { ProviderWords, type Reader } from './provider-words.js';

interface RecipientRow {
  readonly row_no: number;
  readonly ref: string;
  readonly channel: string;
  readonly account: string;
  readonly delivery_no: number;
  readonly status: string;
  readonly provider_user_id: string | null;
  readonly reason: string | null;
  readonly detail: JsonObject | null;
  readonly delivered_at: Date | null;
  readonly read_at: Date | null;
  readonly recall_status: string | null;
  readonly recall_reason: string | null;
}

export interface RecipientPage {
  readonly after?: number;
  readonly limit: number;
  readonly status?: readonly string[];
  readonly reason?: readonly string[];
  readonly deliveryNo?: number;
  /** A part of the ref or of the vendor's id, in any case. */
  readonly q?: string;
}

/** Recipients of one fate. */
export interface RecipientGroup {
  readonly status: string;
  readonly reason?: string;
  readonly channel: string;
  readonly account: string;
  readonly count: number;
  /** The first three of them. */
  readonly sample: readonly string[];
  readonly text?: string;
  readonly remedies: readonly { readonly id: RemedyId; readonly label: string }[];
}

type GroupRow = Pick<RecipientRow, 'channel' | 'account' | 'status' | 'reason'> & {
  readonly count: number;
  readonly sample: string[];
};

/** The recipients of a message, each with its own fate. */
@Injectable()
export class RecipientReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ProviderWords) private readonly words: ProviderWords,
  ) {}

  /** In the order of the request; each item with its row number, for the cursor. */
  async list(
    messageId: string,
    { after, deliveryNo, limit, q, reason, status }: RecipientPage,
    language: Language,
  ): Promise<readonly { readonly rowNo: number; readonly view: RecipientView }[]> {
    const rows = await this.database.query<RecipientRow>(
      `SELECT r.row_no, r.ref, d.channel, d.account, r.delivery_no, r.status, r.provider_user_id, r.reason, r.detail,
              r.delivered_at, r.read_at, r.recall_status, r.recall_reason
       FROM recipient r JOIN delivery d ON d.message_id = r.message_id AND d.no = r.delivery_no
       WHERE r.message_id = $1 AND r.row_no > $2 AND ($3::text[] IS NULL OR r.status = ANY ($3::text[]))
         AND ($4::int IS NULL OR r.delivery_no = $4) AND ($6::text[] IS NULL OR r.reason = ANY ($6::text[]))
         AND ($7::text IS NULL OR strpos(lower(r.ref), lower($7)) > 0
              OR strpos(lower(r.provider_user_id), lower($7)) > 0)
       ORDER BY r.row_no LIMIT $5`,
      [messageId, after ?? 0, status ?? null, deliveryNo ?? null, limit, reason ?? null, q ?? null],
    );
    return rows.map((row) => ({
      rowNo: row.row_no,
      view: { ...toView(row), ...this.textOf(row, language), ...this.providerOf(row, { language }) },
    }));
  }

  /** How many share a fate, the largest group first. */
  async summarize(messageId: string, language: Language): Promise<readonly RecipientGroup[]> {
    const rows = await this.database.query<GroupRow>(
      `SELECT d.channel, d.account, r.status, r.reason, count(*)::int AS count,
              (array_agg(r.ref ORDER BY r.row_no))[1:3] AS sample
       FROM recipient r JOIN delivery d ON d.message_id = r.message_id AND d.no = r.delivery_no
       WHERE r.message_id = $1 GROUP BY d.channel, d.account, r.status, r.reason
       ORDER BY count DESC, d.channel, d.account, r.status, r.reason`,
      [messageId],
    );
    return rows.map(({ reason, ...row }) => ({
      ...row,
      ...(reason !== null && { reason }),
      ...this.textOf({ ...row, reason, ref: row.sample[0] ?? '' }, language),
      remedies: remediesOf(reason, language),
    }));
  }

  private providerOf({ channel, detail, reason }: RecipientRow, reader: Reader): Pick<RecipientView, 'provider'> {
    const code = detail?.['providerCode'];
    return typeof code === 'string' ? { provider: this.words.explain({ channel, code, reason }, reader) } : {};
  }

  /** What the reason means; of a sent row, whether this is all that will ever be known. */
  private textOf(
    { account, channel, reason, ref, status }: Pick<RecipientRow, 'account' | 'channel' | 'reason' | 'ref' | 'status'>,
    language: Language,
  ): { readonly text?: string } {
    if (reason !== null) return { text: sentenceOf(reason, { account, ref }, language) };
    const silence = status === 'sent' ? this.words.silenceOf(channel, { language }) : undefined;
    return silence === undefined ? {} : { text: silence };
  }
}

const remediesOf = (reason: string | null, language: Language): RecipientGroup['remedies'] =>
  (reason === null ? [] : (describeReason(reason)?.remedies ?? [])).map((id) => ({
    id,
    label: REMEDIES[id][language],
  }));

function sentenceOf(reason: string, values: Readonly<Record<string, string>>, language: Language): string {
  const entry = describeReason(reason);
  return entry ? reasonSentence(entry, language, values) : reason;
}

function toView(row: RecipientRow): RecipientView {
  const { reason } = row;
  return {
    recipient: row.ref,
    channel: row.channel,
    account: row.account,
    deliveryNo: row.delivery_no,
    status: row.status,
    ...(row.provider_user_id !== null && { providerUserId: row.provider_user_id }),
    ...(reason !== null && { reason }),
    ...(row.detail && { detail: row.detail }),
    ...(row.delivered_at && { deliveredAt: instant(row.delivered_at) }),
    ...(row.read_at && { readAt: instant(row.read_at) }),
    ...(row.recall_status !== null && {
      recall: { status: row.recall_status, ...(row.recall_reason !== null && { reason: row.recall_reason }) },
    }),
  };
}
