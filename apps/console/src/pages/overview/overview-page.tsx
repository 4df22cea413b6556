import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, bodyOf } from '../../api/client.js';
import type { Queue } from '../../api/types.js';
import { LiveNote } from '../../app/live.js';
import { RangeSelect } from '../../app/range-select.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { useMay } from '../../ui/gate.js';
import { PageHead } from '../../ui/page-head.js';
import { AccountHealth } from './account-health.js';
import { Attention } from './attention.js';
import { Backlog } from './backlog.js';
import { FirstSteps } from './first-steps.js';
import { Ledger } from './ledger.js';
import { Latency, Throttled } from './pace.js';
import { Quotas } from './quotas.js';
import { ReasonRanking } from './reason-ranking.js';
import { SuccessRates } from './success-rates.js';
import { Throughput } from './throughput.js';

const LIVE_MS = 5_000;

/** Is anything wrong, since when, and why. */
export default function OverviewPage(): ReactNode {
  const t = useText();
  const may = useMay();
  const queues = useQuery({
    queryKey: ['queues'],
    enabled: may('queues:read'),
    queryFn: () => bodyOf(api.GET('/v1/queues')),
    refetchInterval: LIVE_MS,
  });
  const rows: readonly Queue[] = queues.data?.data ?? [];
  return (
    <div className="page stack">
      <PageHead title={t('nav.overview')} lead={t('overview.lead')}>
        <LiveNote seconds={LIVE_MS / 1000} at={queues.dataUpdatedAt} />
        <RangeSelect fallback="-24h" />
      </PageHead>
      {queues.error !== null && <FaultArea error={queues.error} retry={() => void queues.refetch()} />}
      <Attention queues={rows} />
      <FirstSteps />
      {may('stats:read') && <Ledger />}
      {may('stats:read') && <Figures />}
      <div className="columns">
        <Backlog queues={rows} />
        {may('accounts:read') && <AccountHealth />}
      </div>
      {may('accounts:read') && <Quotas />}
    </div>
  );
}

/** Over time, and what stands behind it. */
function Figures(): ReactNode {
  return (
    <>
      <Throughput />
      <div className="columns">
        <SuccessRates />
        <ReasonRanking />
      </div>
      <div className="columns">
        <Latency />
        <Throttled />
      </div>
    </>
  );
}
