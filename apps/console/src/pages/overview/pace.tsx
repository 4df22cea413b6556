import { lazy, Suspense, type ReactNode } from 'react';
import { useAccounts } from '../../api/catalogue.js';
import { usePreferences } from '../../session/preferences.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { duration } from '../../ui/format.js';
import type { Tone } from '../../ui/status-tag.js';
import { sumOf, useSeries } from './series.js';
import { useSummary } from './summary.js';

const LineChart = lazy(() => import('./line-chart.js'));

const TONES: readonly Tone[] = ['waiting', 'progress', 'partial', 'unknown', 'danger', 'sent'];
const MOST_LINES = 6;

/** From acceptance to the vendor, as most and as the slowest see it. */
export function Latency(): ReactNode {
  const t = useText();
  const { language } = usePreferences();
  const { data: summary } = useSummary();
  const half = useSeries('latency_p50');
  const slow = useSeries('latency_p95');
  const slowest = useSeries('latency_p99');
  const error = half.error ?? slow.error ?? slowest.error;
  const shown = [
    { name: 'p50', tone: 'ok' as const, data: half.data },
    { name: 'p95', tone: 'partial' as const, data: slow.data },
    { name: 'p99', tone: 'danger' as const, data: slowest.data },
  ];
  const format = (ms: number | null | undefined): string =>
    ms === null || ms === undefined ? '—' : duration(ms, language);
  const { latency } = summary ?? {};
  const label = t('latency.aria', {
    p50: format(latency?.p50Ms),
    p95: format(latency?.p95Ms),
    p99: format(latency?.p99Ms),
  });
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('latency.title')}</h2>
        <span className="small muted num">{latency && label}</span>
      </div>
      {error !== null && <FaultArea error={error} />}
      {latency?.count === 0 && <p className="muted">{t('figures.none')}</p>}
      {latency !== undefined && latency.count > 0 && half.data && (
        <Suspense fallback={<div className="chart" />}>
          <LineChart
            label={label}
            times={half.data.buckets}
            lines={shown.map(({ name, tone, data }) => ({ name, tone, values: data?.series[0]?.values ?? [] }))}
            format={format}
          />
        </Suspense>
      )}
    </section>
  );
}

/** What limits have cost, by the accounts that waited most. */
export function Throttled(): ReactNode {
  const t = useText();
  const { language } = usePreferences();
  const { data: accounts } = useAccounts();
  const { data, error } = useSeries('throttled_ms', 'account');
  const total = data ? sumOf(data) : 0;
  const nameOf = (code: string | null): string =>
    accounts?.find((account) => account.code === code)?.name ?? code ?? t('figures.other');
  const lines = (data?.series ?? [])
    .map(({ key, values }) => ({ key, values, sum: values.reduce<number>((sum, value) => sum + (value ?? 0), 0) }))
    .filter(({ sum }) => sum > 0)
    .sort((left, right) => right.sum - left.sum)
    .slice(0, MOST_LINES)
    .map(({ key, values }, index) => ({ name: nameOf(key), tone: TONES[index] ?? 'neutral', values }));
  const label = t('throttled.aria', { time: duration(total, language) });
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('throttled.title')}</h2>
        <span className="small muted num">{data && label}</span>
      </div>
      {error !== null && !data && <FaultArea error={error} />}
      {data && lines.length === 0 && <p className="muted">{t('throttled.none')}</p>}
      {data && lines.length > 0 && (
        <Suspense fallback={<div className="chart" />}>
          <LineChart label={label} times={data.buckets} lines={lines} format={(ms) => duration(ms, language)} />
        </Suspense>
      )}
    </section>
  );
}
