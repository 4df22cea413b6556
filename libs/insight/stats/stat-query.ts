import type { Grain } from './stat-tables.js';

/** What figures are asked of. */
export interface StatFilter {
  /** Only this caller's: whoever asks may see no other's. */
  readonly ownerId?: string;
  readonly channel?: readonly string[];
  readonly template?: readonly string[];
  readonly account?: readonly string[];
  /** Codes. */
  readonly caller?: readonly string[];
  readonly createdAfter: Date;
  readonly createdBefore: Date;
}

export const PLACES = ['channel', 'template', 'account', 'caller'] as const;
export const SERIES_GROUPS = ['status', ...PLACES, 'reason'] as const;
export const REASON_GROUPS = ['reason', 'provider_code', 'account', 'template', 'caller'] as const;
export const METRICS = ['count', 'latency_p50', 'latency_p95', 'latency_p99', 'throttled_ms'] as const;

export type Place = (typeof PLACES)[number];
export type SeriesGroup = (typeof SERIES_GROUPS)[number];
export type ReasonGroupBy = (typeof REASON_GROUPS)[number];
export type Metric = (typeof METRICS)[number];

/** States as figures tell them: what is in no final state is `in_flight`. */
export const STAT_STATUSES = [
  'in_flight',
  'sent',
  'delivered',
  'read',
  'invalid',
  'failed',
  'unknown',
  'suppressed',
  'canceled',
  'expired',
  'recalled',
] as const;

export type StatStatus = (typeof STAT_STATUSES)[number];

export interface SeriesQuery extends StatFilter {
  readonly bucket: Grain;
  readonly metric: Metric;
  readonly groupBy?: SeriesGroup;
  readonly timeZone: string;
}
