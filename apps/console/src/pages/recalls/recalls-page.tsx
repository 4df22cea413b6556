import { Progress } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { Recall } from '../../api/types.js';
import { LiveNote } from '../../app/live.js';
import { useText, type Translate } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { GatedButton } from '../../ui/gate.js';
import { Moment } from '../../ui/moment.js';
import { PageHead } from '../../ui/page-head.js';
import { StatusTag } from '../../ui/status-tag.js';

const LIVE_MS = 5_000;

/** What a recall is about, in words. */
export function selectorText(selector: unknown, t: Translate): string {
  const { template, businessKey, messageIds, providerMsgIds } = selector as Readonly<Record<string, unknown>>;
  if (typeof template === 'string') return t('recalls.ofTemplate', { template });
  if (typeof businessKey === 'string') return t('recalls.ofBusinessKey', { key: businessKey });
  const ids = [messageIds, providerMsgIds].find(Array.isArray) as readonly unknown[] | undefined;
  return t('recalls.ofMessages', { count: ids?.length ?? 1 });
}

export function doneShare({ itemCount, openItems, selecting, status }: Recall): number {
  if (status === 'finished') return 100;
  const share = Math.round(((itemCount - openItems) / Math.max(1, itemCount)) * 100);
  return selecting ? Math.min(share, 95) : share;
}

export default function RecallsPage(): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const pages = usePages<Recall>(
    ['recalls'],
    (cursor) => bodyOf(api.GET('/v1/recalls', { params: { query: { ...(cursor && { cursor }) } } })),
    { refetchMs: LIVE_MS },
  );
  const columns: readonly Column<Recall>[] = [
    {
      id: 'time',
      title: t('messages.time'),
      render: ({ id, createdAt }) => (
        <Link to={`/recalls/${id}`}>
          <Moment at={createdAt} />
        </Link>
      ),
    },
    { id: 'what', title: t('recalls.what'), isCut: true, render: ({ selector }) => selectorText(selector, t) },
    { id: 'who', title: t('recalls.who'), isCut: true, render: ({ actor }) => actor },
    { id: 'note', title: t('confirm.reason'), isCut: true, render: ({ note }) => note },
    { id: 'canceled', title: t('recalls.canceled'), align: 'right', render: ({ counts }) => count(counts.canceled) },
    { id: 'recalled', title: t('recalls.recalled'), align: 'right', render: ({ counts }) => count(counts.recalled) },
    {
      id: 'failed',
      title: t('recalls.failed'),
      align: 'right',
      render: ({ counts }) => count(counts.failed + counts.uncertain),
    },
    {
      id: 'progress',
      title: t('recalls.progress'),
      width: 200,
      render: (recall) => <Progress aria-label={t('recalls.progress')} percent={doneShare(recall)} size="small" />,
    },
    { id: 'status', title: t('messages.status'), render: ({ status }) => <StatusTag status={status} /> },
  ];
  return (
    <div className="page">
      <PageHead title={t('nav.recalls')} lead={t('recalls.lead')}>
        <LiveNote seconds={LIVE_MS / 1000} at={pages.loadedAt} />
        <GatedButton scope="messages:recall" type="primary" danger onClick={() => void navigate('/recalls/new')}>
          {t('recalls.new')}
        </GatedButton>
      </PageHead>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('nav.recalls')}
        columns={columns}
        rows={pages.rows}
        keyOf={({ id }) => id}
        onOpen={({ id }) => void navigate(`/recalls/${id}`)}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('recalls.none')}
      />
    </div>
  );
}
