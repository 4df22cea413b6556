import { lazy, Suspense, type ReactNode } from 'react';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { statusText, toneOf } from '../../ui/status-tag.js';
import { sumOf, useSeries } from './series.js';

const LineChart = lazy(() => import('./line-chart.js'));

/** Recipients over time, by what became of them. */
export function Throughput(): ReactNode {
  const t = useText();
  const { data, error, refetch } = useSeries('count', 'status');
  if (error !== null && !data) return <FaultArea error={error} retry={() => void refetch()} />;
  const nameOf = (status: string | null): string => {
    const key = statusText(status ?? '');
    return key ? t(key) : t('status.inFlight');
  };
  const lines = (data?.series ?? []).map(({ key, values }) => ({
    name: nameOf(key),
    tone: toneOf(key ?? ''),
    values,
  }));
  return (
    <section className="card">
      <h2>{t('throughput.title')}</h2>
      {data && lines.length === 0 && <p className="muted">{t('figures.none')}</p>}
      {data && lines.length > 0 && (
        <Suspense fallback={<div className="chart" />}>
          <LineChart
            label={t('throughput.aria', { count: count(sumOf(data)) })}
            times={data.buckets}
            lines={lines}
            format={count}
          />
        </Suspense>
      )}
    </section>
  );
}
