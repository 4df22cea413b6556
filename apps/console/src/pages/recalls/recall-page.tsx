import { useQuery } from '@tanstack/react-query';
import { Progress, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, bodyOf } from '../../api/client.js';
import type { Recall } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { PageHead } from '../../ui/page-head.js';
import { StatusTag } from '../../ui/status-tag.js';
import { RecallResults, ReportButton } from './recall-results.js';
import { doneShare, selectorText } from './recalls-page.js';

const LIVE_MS = 2_000;

/** How a recall goes: sums, and the fate of each recipient. */
export default function RecallPage(): ReactNode {
  const t = useText();
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['recall', id],
    queryFn: () => bodyOf(api.GET('/v1/recalls/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? LIVE_MS : false),
  });
  const isRunning = data?.status === 'running';
  return (
    <div className="page">
      <PageHead title={t('recalls.one')} lead={<Link to="/recalls">{t('nav.recalls')}</Link>}>
        <ReportButton id={id} />
      </PageHead>
      {error !== null && <FaultArea error={error} retry={() => void refetch()} />}
      {data ? <Sums recall={data} /> : error === null && <Skeleton active={false} />}
      <RecallResults id={id} isRunning={isRunning} />
    </div>
  );
}

function Sums({ recall }: { readonly recall: Recall }): ReactNode {
  const t = useText();
  const { counts, corrections } = recall;
  const sums = [
    { status: 'canceled', value: counts.canceled },
    { status: 'recalled', value: counts.recalled },
    { status: 'failed', value: counts.failed },
    { status: 'uncertain', value: counts.uncertain },
    { status: 'waiting', value: recall.openItems },
  ];
  return (
    <section className="card stack filters">
      <div className="row">
        <StatusTag status={recall.status} />
        <span className="strong">{selectorText(recall.selector, t)}</span>
        {recall.note !== undefined && <span className="second">{t('recalls.because', { note: recall.note })}</span>}
        <Moment at={recall.createdAt} />
        {recall.actor !== undefined && <span className="second">{recall.actor}</span>}
      </div>
      <Progress percent={doneShare(recall)} aria-label={t('recalls.progress')} />
      <div className="groups">
        {sums.map(({ status, value }) => (
          <div key={status} className="group">
            <div className="figure">{count(value)}</div>
            <StatusTag status={status} />
          </div>
        ))}
      </div>
      <p className="small muted">
        {t('recalls.sums', { messages: count(recall.messageCount), deliveries: count(recall.itemCount) })}
        {corrections &&
          ` ${t('recalls.corrections', { sent: corrections.sent, open: corrections.open, failed: corrections.failed })}`}
      </p>
    </section>
  );
}
