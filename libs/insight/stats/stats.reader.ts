import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { CLOCK, type Clock } from '#libs/core';
import { Database } from '#libs/database';
import { FROM_FIGURES, Figures, GROUP_COLUMN } from './figures.sql.js';
import { segmentsOf, type Segment } from './segments.js';
import type { Place, StatFilter } from './stat-query.js';
import { summaryOf, type FigureRow, type Summary } from './summary.js';

/** Groups of one answer, the largest ones. */
const MAX_GROUPS = 100;

export interface SummaryGroup extends Summary {
  /** Null: without a template. */
  readonly key: string | null;
}

/** What was counted: the range asked for, widened to what can be told apart. */
export interface CountedRange {
  readonly createdAfter: Date;
  readonly createdBefore: Date;
}

export interface StatSummary extends CountedRange, Summary {
  readonly groups?: readonly SummaryGroup[];
}

interface GroupedRow extends FigureRow {
  readonly key: string;
}

const summarySql = (figures: Figures, key: string): string => `
  WITH f AS ${figures.sql}, g AS (
    SELECT ${key} AS key, f.measure, ${GROUP_COLUMN.status} AS label, sum(f.n)::float8 AS n
    ${FROM_FIGURES} GROUP BY 1, 2, 3
  ), largest AS (
    SELECT key FROM g WHERE measure = 'recipients' GROUP BY key ORDER BY sum(n) DESC, key LIMIT ${MAX_GROUPS}
  )
  SELECT key, measure, label, n FROM g WHERE key IN (SELECT key FROM largest)`;

/** Sums of the roll-up. A delta that is not folded yet counts already: figures are never behind the rows. */
@Injectable()
export class StatsReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Altogether and, where asked for, by the largest groups. */
  async summarize(filter: StatFilter, groupBy?: Place): Promise<StatSummary> {
    const segments = this.segmentsOf(filter, true);
    const [all, groups] = await Promise.all([
      this.rows(filter, segments, `''`),
      groupBy && this.rows(filter, segments, GROUP_COLUMN[groupBy]),
    ]);
    return { ...countedRange(filter, segments), ...summaryOf(all), ...(groups && { groups: groupsOf(groups) }) };
  }

  /** The levels that answer for a range; `isByDay`: days of the configured time zone need not be told apart. */
  segmentsOf({ createdAfter, createdBefore }: StatFilter, isByDay: boolean): readonly Segment[] {
    const range = { from: createdAfter, to: createdBefore };
    return segmentsOf(range, this.config.stats, this.clock.now(), isByDay);
  }

  /** Whether figures by days of a time zone are kept as such. */
  keepsDaysOf(timeZone: string): boolean {
    return timeZone === this.config.stats.timeZone;
  }

  private async rows(filter: StatFilter, segments: readonly Segment[], key: string): Promise<readonly GroupedRow[]> {
    if (segments.length === 0) return [];
    const figures = new Figures(['recipients', 'messages', 'latency', 'throttled'], filter, segments);
    return this.database.query<GroupedRow>(summarySql(figures, key), figures.values);
  }
}

export function countedRange(filter: StatFilter, segments: readonly Segment[]): CountedRange {
  const { createdAfter, createdBefore } = filter;
  return { createdAfter: segments[0]?.from ?? createdAfter, createdBefore: segments.at(-1)?.to ?? createdBefore };
}

function groupsOf(rows: readonly GroupedRow[]): readonly SummaryGroup[] {
  const byKey = new Map<string, GroupedRow[]>();
  for (const row of rows) {
    const own = byKey.get(row.key);
    if (own) own.push(row);
    else byKey.set(row.key, [row]);
  }
  return [...byKey]
    .map(([key, own]) => ({ key: key === '' ? null : key, ...summaryOf(own) }))
    .sort((a, b) => b.recipients - a.recipients || String(a.key).localeCompare(String(b.key)));
}
