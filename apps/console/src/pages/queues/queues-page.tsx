import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useChannelLabel } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import type { Queue } from '../../api/types.js';
import { LiveNote } from '../../app/live.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { GatedButton } from '../../ui/gate.js';
import { Lasting, Moment } from '../../ui/moment.js';
import { PageHead } from '../../ui/page-head.js';
import { ReasonText } from '../../ui/reason-text.js';
import { StatusTag } from '../../ui/status-tag.js';
import { QueueLines } from './queue-lines.js';

const LIVE_MS = 5_000;
const MIN_REASON = 4;

/** What waits for each channel, why, and until when. */
export default function QueuesPage(): ReactNode {
  const t = useText();
  const channelLabel = useChannelLabel();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Confirmation>();
  const { data, error, dataUpdatedAt, isPending, refetch } = useQuery({
    queryKey: ['queues'],
    queryFn: () => bodyOf(api.GET('/v1/queues')),
    refetchInterval: LIVE_MS,
  });
  const change = async (queue: Queue, reason: string): Promise<void> => {
    const params = { path: { channel: queue.channel } };
    if (queue.paused) await api.POST('/v1/queues/{channel}/resume', { params });
    else await api.POST('/v1/queues/{channel}/pause', { params, body: { reason } });
    await client.invalidateQueries({ queryKey: ['queues'] });
  };
  const ask = (queue: Queue): void => {
    const values = { channel: channelLabel(queue.channel), waiting: count(queue.waiting) };
    setAsked({
      title: t(queue.paused ? 'queues.resumeTitle' : 'queues.pauseTitle', values),
      body: t(queue.paused ? 'queues.resumeBody' : 'queues.pauseBody', values),
      verb: t(queue.paused ? 'queues.resumeVerb' : 'queues.pauseVerb', values),
      isDanger: !queue.paused,
      ...(!queue.paused && { reasonLength: MIN_REASON }),
      act: (reason) => change(queue, reason),
    });
  };
  const columns: readonly Column<Queue>[] = [
    { id: 'channel', title: t('messages.channel'), render: ({ channel }) => <b>{channelLabel(channel)}</b> },
    {
      id: 'waiting',
      title: t('queues.waiting'),
      align: 'right',
      render: ({ channel, waiting }) => (
        <Link to={`/messages?status=accepted,scheduled,sending&channel=${channel}&from=-30d`}>{count(waiting)}</Link>
      ),
    },
    { id: 'sending', title: t('queues.sending'), align: 'right', render: ({ sending }) => count(sending) },
    { id: 'oldest', title: t('queues.oldest'), render: ({ oldestAgeMs }) => <Lasting ms={oldestAgeMs} /> },
    { id: 'eta', title: t('queues.eta'), render: ({ etaMs }) => <Lasting ms={etaMs} /> },
    {
      id: 'why',
      title: t('queues.why'),
      render: ({ scheduled }) => (
        <div className="row small">
          {Object.entries(scheduled).map(([reason, waiting]) => (
            <ReasonText key={reason} code={reason} count={waiting} />
          ))}
        </div>
      ),
    },
    {
      id: 'state',
      title: t('messages.status'),
      render: (queue) => (
        <>
          <StatusTag status={queue.paused ? 'paused' : 'active'} />
          {queue.paused && (
            <div className="small muted">
              {queue.pausedBy} <Moment at={queue.pausedAt} /> {queue.pausedReason}
            </div>
          )}
        </>
      ),
    },
    {
      id: 'act',
      title: t('list.actions'),
      render: (queue) => (
        <GatedButton scope="queues:write" onClick={() => ask(queue)}>
          {t(queue.paused ? 'queues.resume' : 'queues.pause')}
        </GatedButton>
      ),
    },
  ];
  return (
    <div className="page">
      <PageHead title={t('nav.queues')} lead={t('queues.lead')}>
        <LiveNote seconds={LIVE_MS / 1000} at={dataUpdatedAt} />
      </PageHead>
      {error !== null && <FaultArea error={error} retry={() => void refetch()} />}
      <DataTable
        caption={t('nav.queues')}
        columns={columns}
        rows={data?.data ?? []}
        keyOf={({ channel }) => channel}
        isLoading={isPending}
        empty={t('queues.none')}
      />
      <QueueLines queues={data?.data ?? []} />
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
    </div>
  );
}
