import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useChannelLabel } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { Message } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { ReasonText } from '../../ui/reason-text.js';
import { Repetitions, ResolveButtons } from '../messages/index.js';

const LIVE_MS = 10_000;

/** Messages that may or may not have arrived. */
export function UnknownOutcomes(): ReactNode {
  const t = useText();
  const channelLabel = useChannelLabel();
  const [asked, setAsked] = useState<Confirmation>();
  const pages = usePages<Message>(
    ['messages', 'unknown'],
    (cursor) =>
      bodyOf(api.GET('/v1/messages', { params: { query: { status: ['unknown'], ...(cursor && { cursor }) } } })),
    { refetchMs: LIVE_MS },
  );
  const columns: readonly Column<Message>[] = [
    {
      id: 'time',
      title: t('messages.time'),
      render: ({ id, createdAt }) => (
        <Link to={`/messages/${id}`}>
          <Moment at={createdAt} />
        </Link>
      ),
    },
    {
      id: 'template',
      title: t('messages.template'),
      isCut: true,
      render: ({ template }) => template ?? t('messages.inline'),
    },
    { id: 'people', title: t('unknown.people'), align: 'right', render: ({ counts }) => count(counts['unknown'] ?? 0) },
    { id: 'channel', title: t('messages.channel'), render: ({ channels }) => channels.map(channelLabel).join(' · ') },
    { id: 'reason', title: t('messages.reason'), render: ({ reason }) => <ReasonText code={reason} /> },
    { id: 'repeat', title: t('unknown.repeat'), render: ({ channels }) => <Repetitions names={channels} /> },
    {
      id: 'act',
      title: t('list.actions'),
      render: (message) => (
        <div className="row">
          <ResolveButtons message={message} ask={setAsked} />
        </div>
      ),
    },
  ];
  return (
    <>
      <p className="second filters">{t('unknown.lead')}</p>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('nav.deadLetters')}
        columns={columns}
        rows={pages.rows}
        keyOf={({ id }) => id}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('unknown.none')}
      />
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
    </>
  );
}
