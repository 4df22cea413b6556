import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, type ReactNode } from 'react';
import { ApiError, askPlainly } from '../../api/client.js';
import { useAddress } from '../../app/address.js';
import { startOf } from '../../app/time-range.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';

const LineChart = lazy(() => import('./line-chart.js'));

const LIVE_MS = 10_000;

/** Buckets that keep a line at a readable number of points. */
const BUCKETS: Readonly<Record<string, string>> = {
  '-15m': 'minute',
  '-1h': 'minute',
  '-24h': 'hour',
  '-7d': 'hour',
  '-30d': 'day',
};

export interface Point {
  readonly at: string;
  readonly group: string;
  readonly count: number;
}

interface Bucket {
  readonly at?: string;
  readonly bucket?: string;
  readonly group?: string | null;
  readonly count?: number;
}

function pointsOf(buckets: readonly Bucket[]): readonly Point[] {
  return buckets.flatMap(({ at, bucket, group, count }) => {
    const time = at ?? bucket;
    return time !== undefined && typeof count === 'number' ? [{ at: time, group: group ?? '', count }] : [];
  });
}

/** What was accepted over time, by what became of it. */
export function Throughput(): ReactNode {
  const t = useText();
  const address = useAddress();
  const from = address.get('from') || '-24h';
  const { data, error, refetch } = useQuery({
    queryKey: ['timeseries', from],
    refetchInterval: LIVE_MS,
    queryFn: async () => {
      const query = new URLSearchParams({
        bucket: BUCKETS[from] ?? 'hour',
        groupBy: 'status',
        createdAfter: startOf(from) ?? '',
      });
      return pointsOf((await askPlainly<{ readonly data: readonly Bucket[] }>(`/v1/stats/timeseries?${query}`)).data);
    },
  });
  // A server without this statistic shows the rest of the page.
  if (error instanceof ApiError && error.status === 404) return null;
  if (error !== null && !data) return <FaultArea error={error} retry={() => void refetch()} />;
  if (!data || data.length === 0) return null;
  return (
    <section className="card">
      <h2>{t('throughput.title')}</h2>
      <Suspense fallback={<div className="chart" />}>
        <LineChart points={data} />
      </Suspense>
    </section>
  );
}
