import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { FROM_FIGURES, Figures, GROUP_COLUMN } from './figures.sql.js';
import type { Segment } from './segments.js';
import type { Metric, SeriesQuery } from './stat-query.js';
import type { Grain, Measure } from './stat-tables.js';
import { StatsReader, countedRange, type CountedRange } from './stats.reader.js';
import { latencyOf, type Latency } from './summary.js';

/** Series of one answer, the largest ones. */
const MAX_SERIES = 50;

export interface Series {
  /** Null: not grouped, or without a template or reason. */
  readonly key: string | null;
  /** One per bucket; null where nothing was sent whose latency could be told. */
  readonly values: readonly (number | null)[];
}

export interface TimeSeries extends CountedRange {
  /** When each bucket begins. */
  readonly buckets: readonly Date[];
  readonly series: readonly Series[];
  /** There are more series than are shown. */
  readonly truncated: boolean;
}

interface PointRow {
  readonly key: string;
  readonly bucket: Date;
  readonly label: string;
  readonly n: number;
}

const MEASURE: Readonly<Record<Metric, Measure>> = {
  count: 'recipients',
  latency_p50: 'latency',
  latency_p95: 'latency',
  latency_p99: 'latency',
  throttled_ms: 'throttled',
};

const PERCENTILE: Partial<Record<Metric, keyof Omit<Latency, 'count'>>> = {
  latency_p50: 'p50Ms',
  latency_p95: 'p95Ms',
  latency_p99: 'p99Ms',
};

/** Local days are of different lengths where clocks change. */
const BUCKETS = (bucket: Grain): string => `
  SELECT b AT TIME ZONE $3 AS at FROM generate_series(
    date_trunc('${bucket}', $1::timestamptz AT TIME ZONE $3), ($2::timestamptz - interval '1 ms') AT TIME ZONE $3,
    interval '1 ${bucket}') b`;

/** Figures over time. */
@Injectable()
export class SeriesReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(StatsReader) private readonly stats: StatsReader,
  ) {}

  async read(query: SeriesQuery): Promise<TimeSeries> {
    const isByDay = query.bucket === 'day' && this.stats.keepsDaysOf(query.timeZone);
    const segments = this.stats.segmentsOf(query, isByDay);
    const range = countedRange(query, segments);
    const [buckets, rows] = await Promise.all([this.buckets(query, range), this.points(query, segments)]);
    const { series, truncated } = seriesOf(rows, buckets, query.metric);
    return { ...range, buckets, series, truncated };
  }

  private async buckets({ bucket, timeZone }: SeriesQuery, range: CountedRange): Promise<readonly Date[]> {
    const zone = bucket === 'day' ? timeZone : 'UTC';
    const rows = await this.database.query<{ at: Date }>(BUCKETS(bucket), [
      range.createdAfter,
      range.createdBefore,
      zone,
    ]);
    return rows.map(({ at }) => at);
  }

  private async points(query: SeriesQuery, segments: readonly Segment[]): Promise<readonly PointRow[]> {
    if (segments.length === 0) return [];
    const figures = new Figures([MEASURE[query.metric]], query, segments);
    const key = query.groupBy ? GROUP_COLUMN[query.groupBy] : `''`;
    const label = query.metric === 'count' ? `''` : 'f.label';
    const zone = query.bucket === 'day' ? figures.parameter(query.timeZone) : `'UTC'`;
    return this.database.query<PointRow>(
      // Times of the roll-up are few and their figures many: only the former are brought to their bucket.
      `WITH f AS ${figures.sql}, h AS (
         SELECT ${key} AS key, f.at, ${label} AS label, sum(f.n) AS n
         ${FROM_FIGURES} ${query.groupBy === 'reason' ? `WHERE f.detail <> ''` : ''} GROUP BY 1, 2, 3
       ), g AS (
         SELECT key, date_trunc('${query.bucket}', at, ${zone}) AS bucket, label, sum(n)::float8 AS n
         FROM h GROUP BY 1, 2, 3
       ), largest AS (SELECT key FROM g GROUP BY key ORDER BY sum(n) DESC, key LIMIT ${MAX_SERIES + 1})
       SELECT key, bucket, label, n FROM g WHERE key IN (SELECT key FROM largest)`,
      figures.values,
    );
  }
}

type Cells = Map<number, PointRow[]>;

function seriesOf(
  rows: readonly PointRow[],
  buckets: readonly Date[],
  metric: Metric,
): Pick<TimeSeries, 'series' | 'truncated'> {
  const cellsByKey = new Map<string, Cells>();
  const totals = new Map<string, number>();
  for (const row of rows) {
    const cells = cellsByKey.get(row.key) ?? new Map<number, PointRow[]>();
    cellsByKey.set(row.key, cells);
    cells.set(row.bucket.getTime(), [...(cells.get(row.bucket.getTime()) ?? []), row]);
    totals.set(row.key, (totals.get(row.key) ?? 0) + row.n);
  }
  const keys = [...totals]
    .filter(([, total]) => total !== 0)
    .sort(([keyA, a], [keyB, b]) => b - a || keyA.localeCompare(keyB))
    .map(([key]) => key);
  const series = keys.slice(0, MAX_SERIES).map((key) => ({
    key: key === '' ? null : key,
    values: buckets.map((at) => valueOf(cellsByKey.get(key)?.get(at.getTime()) ?? [], metric)),
  }));
  return { series, truncated: keys.length > MAX_SERIES };
}

function valueOf(rows: readonly PointRow[], metric: Metric): number | null {
  const wanted = PERCENTILE[metric];
  return wanted ? latencyOf(rows)[wanted] : rows.reduce((sum, { n }) => sum + n, 0);
}
