import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client.js';
import type { TimeSeries } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { startOf } from '../../app/time-range.js';
import { usePreferences } from '../../session/preferences.js';

/** Buckets that keep a line at a readable number of points. */
const BUCKETS: Readonly<Record<string, 'minute' | 'hour' | 'day'>> = {
  '-15m': 'minute',
  '-1h': 'minute',
  '-24h': 'hour',
  '-7d': 'hour',
  '-30d': 'day',
};

const LIVE_MS = 15_000;
const SLOW_MS = 30_000;

export type Metric = TimeSeries['metric'];
export type SeriesGroup = 'status' | 'account';

/** What the page of figures is about, as its address says. */
export interface FigureRange {
  readonly from: string;
  readonly query: () => { readonly createdAfter?: string };
}

export function useFigureRange(): FigureRange {
  const from = useAddress().get('from') || '-24h';
  return {
    from,
    query: () => {
      const createdAfter = startOf(from);
      return { ...(createdAfter !== undefined && { createdAfter }) };
    },
  };
}

export function useSeries(metric: Metric, groupBy?: SeriesGroup): UseQueryResult<TimeSeries> {
  const { from, query } = useFigureRange();
  const { timeZone } = usePreferences();
  return useQuery({
    queryKey: ['timeseries', from, metric, groupBy, timeZone],
    refetchInterval: metric === 'count' ? LIVE_MS : SLOW_MS,
    queryFn: () => {
      const bucket = BUCKETS[from] ?? 'hour';
      const wanted = { ...query(), metric, bucket, timeZone, ...(groupBy && { groupBy }) };
      return bodyOf(api.GET('/v1/stats/timeseries', { params: { query: wanted } }));
    },
  });
}

/** All values of all lines. */
export const sumOf = ({ series }: TimeSeries): number =>
  series.flatMap(({ values }) => values).reduce<number>((sum, value) => sum + (value ?? 0), 0);
