import { useQueryClient } from '@tanstack/react-query';
import { Progress } from 'antd';
import type { ReactNode } from 'react';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { ReplayJob } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { GatedButton } from '../../ui/gate.js';
import { Moment } from '../../ui/moment.js';
import { StatusTag } from '../../ui/status-tag.js';

const LIVE_MS = 2_000;

export function ReplayJobs(): ReactNode {
  const t = useText();
  const client = useQueryClient();
  const pages = usePages<ReplayJob>(
    ['replays'],
    (cursor) => bodyOf(api.GET('/v1/dead-letters/replays', { params: { query: { ...(cursor && { cursor }) } } })),
    { refetchMs: LIVE_MS },
  );
  const stop = async (id: string): Promise<void> => {
    await api.POST('/v1/dead-letters/replays/{id}/cancel', { params: { path: { id } } });
    await client.invalidateQueries({ queryKey: ['replays'] });
  };
  const columns: readonly Column<ReplayJob>[] = [
    { id: 'time', title: t('messages.time'), render: ({ createdAt }) => <Moment at={createdAt} /> },
    { id: 'who', title: t('recalls.by'), render: ({ actor }) => actor },
    { id: 'status', title: t('messages.status'), render: ({ status }) => <StatusTag status={status} /> },
    {
      id: 'progress',
      title: t('recalls.progress'),
      render: ({ counts, itemCount }) => (
        <Progress
          aria-label={t('recalls.progress')}
          percent={Math.round(((counts.replayed + counts.skipped) / Math.max(1, itemCount)) * 100)}
          size="small"
          style={{ width: 160 }}
        />
      ),
    },
    { id: 'replayed', title: t('dead.replayed'), align: 'right', render: ({ counts }) => count(counts.replayed) },
    { id: 'skipped', title: t('dead.skipped'), align: 'right', render: ({ counts }) => count(counts.skipped) },
    { id: 'rate', title: t('dead.rate'), align: 'right', render: ({ rate }) => count(rate) },
    {
      id: 'act',
      title: t('list.actions'),
      render: ({ id, status }) =>
        status === 'running' && (
          <GatedButton scope="queues:write" onClick={() => void stop(id)}>
            {t('dead.stop')}
          </GatedButton>
        ),
    },
  ];
  return (
    <>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('dead.tabReplays')}
        columns={columns}
        rows={pages.rows}
        keyOf={({ id }) => id}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('dead.noReplays')}
      />
    </>
  );
}
