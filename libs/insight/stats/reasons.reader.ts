import { Inject, Injectable } from '@nestjs/common';
import { describeReason } from '#libs/core';
import { Database } from '#libs/database';
import { ProviderWords, type Reader } from '#libs/messages';
import { FROM_FIGURES, Figures, GROUP_COLUMN } from './figures.sql.js';
import type { ReasonGroupBy, StatFilter } from './stat-query.js';
import { StatsReader, countedRange, type CountedRange } from './stats.reader.js';

const MAX_ITEMS = 100;
/** Reasons shown of an account, a template or a caller. */
const MAX_REASONS = 5;

/** States that need a reason. What was recalled had been sent. */
const MISSED = `f.label IN ('invalid', 'failed', 'unknown', 'suppressed', 'canceled', 'expired')`;

export interface ReasonCount {
  readonly reason: string;
  readonly title?: string;
  readonly text?: string;
  readonly count: number;
}

export interface ReasonItem {
  /** Reason, the vendor's code, or code of the account, template (null: none) or caller. */
  readonly key: string | null;
  /** Whose code it is: channel and the reason that it was judged as. */
  readonly channel?: string;
  readonly reason?: string;
  /** In the reader's language, where the catalogues know it. */
  readonly title?: string;
  readonly text?: string;
  readonly hint?: string;
  readonly count: number;
  /** Of all that were counted. */
  readonly share: number;
  /** The most frequent ones, of an account, a template or a caller. */
  readonly reasons?: readonly ReasonCount[];
}

export interface ReasonRanking extends CountedRange {
  readonly total: number;
  readonly items: readonly ReasonItem[];
}

interface RankedRow {
  readonly key: string;
  readonly channel: string | null;
  readonly reason: string | null;
  readonly count: number;
  readonly total: number;
}

/** Recipients by why they got nothing, or calls by the code with which the vendor refused them; most frequent first. */
@Injectable()
export class ReasonsReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(StatsReader) private readonly stats: StatsReader,
    @Inject(ProviderWords) private readonly words: ProviderWords,
  ) {}

  async rank(filter: StatFilter, groupBy: ReasonGroupBy, reader: Reader): Promise<ReasonRanking> {
    const segments = this.stats.segmentsOf(filter, true);
    const figures = new Figures([groupBy === 'provider_code' ? 'calls' : 'recipients'], filter, segments);
    const rows =
      segments.length === 0 ? [] : await this.database.query<RankedRow>(rankingSql(figures, groupBy), figures.values);
    const items = groupBy === 'reason' || groupBy === 'provider_code' ? rows.map(single) : gathered(rows);
    return {
      ...countedRange(filter, segments),
      total: rows[0]?.total ?? 0,
      items: items.map((item) => this.worded(item, groupBy, reader)),
    };
  }

  private worded(item: ReasonItem, groupBy: ReasonGroupBy, reader: Reader): ReasonItem {
    if (groupBy === 'reason') return { ...item, ...textOf(item.key ?? '', reader) };
    if (groupBy !== 'provider_code') {
      return { ...item, reasons: item.reasons?.map((entry) => ({ ...entry, ...textOf(entry.reason, reader) })) ?? [] };
    }
    const { channel = '', key, reason = null } = item;
    const { hint, text } = this.words.explain({ channel, code: key ?? '', reason }, reader);
    return { ...item, ...(text !== undefined && { text }), ...(hint !== undefined && { hint }) };
  }
}

function textOf(reason: string, { language = 'en' }: Reader): Pick<ReasonItem, 'title' | 'text'> {
  const entry = describeReason(reason);
  return entry ? { title: entry.label[language], text: entry.sentence[language] } : {};
}

/** Of what is grouped by place every reason gets a row; places are ranked by the sum of theirs. */
function rankingSql(figures: Figures, groupBy: ReasonGroupBy): string {
  const [key, channel, reason, where] =
    groupBy === 'provider_code'
      ? ['f.label', 'f.channel', 'f.detail', 'true']
      : [
          groupBy === 'reason' ? 'f.detail' : GROUP_COLUMN[groupBy],
          'NULL',
          groupBy === 'reason' ? 'NULL' : 'f.detail',
          MISSED,
        ];
  const rank = groupBy === 'provider_code' ? 'key, channel, reason' : 'key';
  return `
    WITH f AS ${figures.sql}, g AS (
      SELECT ${key} AS key, ${channel}::text AS channel, ${reason}::text AS reason, sum(f.n)::float8 AS count
      ${FROM_FIGURES} WHERE ${where} GROUP BY 1, 2, 3 HAVING sum(f.n) > 0
    ), ranked AS (
      SELECT g.*, sum(count) OVER (PARTITION BY ${rank}) AS weight, sum(count) OVER ()::float8 AS total FROM g
    ), placed AS (SELECT r.*, dense_rank() OVER (ORDER BY weight DESC, ${rank}) AS place FROM ranked r)
    SELECT key, channel, reason, count, total FROM placed WHERE place <= ${MAX_ITEMS} ORDER BY place, count DESC, reason`;
}

const shareOf = (count: number, total: number): number => Math.round((count / total) * 1e6) / 1e6;

const single = ({ channel, count, key, reason, total }: RankedRow): ReasonItem => ({
  key: key === '' ? null : key,
  ...(channel !== null && { channel }),
  ...(reason !== null && reason !== '' && { reason }),
  count,
  share: shareOf(count, total),
});

/** Rows of one key follow each other, the most frequent reason first. */
function gathered(rows: readonly RankedRow[]): readonly ReasonItem[] {
  const byKey = new Map<string, RankedRow[]>();
  for (const row of rows) {
    const own = byKey.get(row.key);
    if (own) own.push(row);
    else byKey.set(row.key, [row]);
  }
  return [...byKey].map(([key, own]) => {
    const count = own.reduce((sum, row) => sum + row.count, 0);
    return {
      key: key === '' ? null : key,
      count,
      share: shareOf(count, own[0]?.total ?? count),
      reasons: own.slice(0, MAX_REASONS).map((row) => ({ reason: row.reason ?? '', count: row.count })),
    };
  });
}
