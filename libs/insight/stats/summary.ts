import { percentile } from './histogram.js';
import { STAT_STATUSES, type StatStatus } from './stat-query.js';
import type { Measure } from './stat-tables.js';

export type StatCounts = Readonly<Record<StatStatus, number>>;

/** From when something was due to when the vendor had taken it, per recipient that was sent to. */
export interface Latency {
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

export interface Summary {
  readonly messages: number;
  readonly recipients: number;
  readonly counts: StatCounts;
  /** Of those that reached or missed somebody, the share that reached; null when there are none. */
  readonly successRate: number | null;
  readonly latency: Latency;
  /** Time in line for a slot of a limit, summed over recipients. */
  readonly throttledMs: number;
}

/** Some figure, as one row of a statement. */
export interface FigureRow {
  readonly measure: Measure;
  readonly label: string;
  readonly n: number;
}

/** A recalled one had been sent; suppressed and canceled ones were not tried. */
const REACHED: readonly StatStatus[] = ['sent', 'delivered', 'read', 'recalled'];
const MISSED: readonly StatStatus[] = ['invalid', 'failed', 'unknown', 'expired'];

const sumOf = (counts: StatCounts, statuses: readonly StatStatus[]): number =>
  statuses.reduce((total, status) => total + counts[status], 0);

/** `label` of the recipients' figures is the state as figures tell it. */
export function summaryOf(rows: readonly FigureRow[]): Summary {
  const total = (measure: Measure, label?: string): number =>
    rows
      .filter((row) => row.measure === measure && (label === undefined || row.label === label))
      .reduce((sum, { n }) => sum + n, 0);
  const counts = Object.fromEntries(STAT_STATUSES.map((status) => [status, total('recipients', status)])) as StatCounts;
  const reached = sumOf(counts, REACHED);
  const tried = reached + sumOf(counts, MISSED);
  return {
    messages: total('messages'),
    recipients: total('recipients'),
    counts,
    successRate: tried === 0 ? null : Math.round((reached / tried) * 1e6) / 1e6,
    latency: latencyOf(rows.filter(({ measure }) => measure === 'latency')),
    throttledMs: total('throttled'),
  };
}

export function latencyOf(rows: readonly Omit<FigureRow, 'measure'>[]): Latency {
  const histogram = new Map<number, number>();
  for (const { label, n } of rows) histogram.set(Number(label), (histogram.get(Number(label)) ?? 0) + n);
  return {
    count: [...histogram.values()].reduce((sum, n) => sum + n, 0),
    p50Ms: percentile(histogram, 0.5) ?? null,
    p95Ms: percentile(histogram, 0.95) ?? null,
    p99Ms: percentile(histogram, 0.99) ?? null,
  };
}
