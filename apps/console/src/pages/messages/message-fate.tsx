import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useChannelLabel } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { Message, Recipient, RecipientGroup } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { ReasonText } from '../../ui/reason-text.js';
import { StatusTag } from '../../ui/status-tag.js';
import { FateGroup } from './fate-group.js';
import { ProviderNote } from './provider-note.js';

const ORDER = [
  'failed',
  'invalid',
  'unknown',
  'pending',
  'suppressed',
  'expired',
  'canceled',
  'recalled',
  'sent',
  'delivered',
  'read',
];
const PAGE = 50;

interface FateProps {
  readonly message: Message;
  readonly live: number | false;
}

const keyOf = ({ status, reason = '', channel, account }: RecipientGroup): string =>
  [status, reason, channel, account].join(' ');

/** Recipients by what happened to them and why; the rows of a group on demand. */
export function MessageFate({ message, live }: FateProps): ReactNode {
  const t = useText();
  const { id } = message;
  const client = useQueryClient();
  const [chosen, setChosen] = useState<RecipientGroup>();
  const { data, error, refetch } = useQuery({
    // The last poll of the message may be newer than that of its groups: other counts are other groups.
    queryKey: ['recipients', id, 'summary', JSON.stringify(message.counts)],
    placeholderData: keepPreviousData,
    refetchInterval: live,
    queryFn: async () =>
      (await bodyOf(api.GET('/v1/messages/{id}/recipients/summary', { params: { path: { id } } }))).data,
  });
  const groups = [...(data ?? [])].sort((left, right) => ORDER.indexOf(left.status) - ORDER.indexOf(right.status));
  const isChosen = (group: RecipientGroup): boolean => chosen !== undefined && keyOf(chosen) === keyOf(group);
  const reload = (): void => {
    for (const key of ['message', 'timeline', 'recipients', 'attempts'])
      void client.invalidateQueries({ queryKey: [key, id] });
  };
  return (
    <>
      {error !== null && !data && <FaultArea error={error} retry={() => void refetch()} />}
      <div className="groups" role="group" aria-label={t('fate.groups')}>
        {groups.map((group) => (
          <FateGroup
            key={keyOf(group)}
            message={message}
            group={group}
            isOn={isChosen(group)}
            onPick={() => setChosen(isChosen(group) ? undefined : group)}
            onDone={reload}
          />
        ))}
      </div>
      <Recipients message={message} group={chosen} live={live} />
    </>
  );
}

type RecipientStatus = 'pending' | 'sent' | 'failed';

function Recipients({ message, group, live }: FateProps & { readonly group: RecipientGroup | undefined }): ReactNode {
  const t = useText();
  const channelLabel = useChannelLabel();
  const { id } = message;
  const pages = usePages<Recipient>(
    ['recipients', id, group?.status, group?.reason],
    (cursor) => {
      const query = {
        limit: PAGE,
        ...(cursor !== undefined && { cursor }),
        ...(group && { status: [group.status as RecipientStatus] }),
        ...(group?.reason !== undefined && { reason: group.reason }),
      };
      return bodyOf(api.GET('/v1/messages/{id}/recipients', { params: { path: { id }, query } }));
    },
    { refetchMs: live },
  );
  const columns: readonly Column<Recipient>[] = [
    {
      id: 'who',
      title: t('fate.recipient'),
      isCut: true,
      render: ({ recipient }) => <span className="mono">{recipient}</span>,
    },
    { id: 'status', title: t('messages.status'), render: (row) => <StatusTag status={row.status} /> },
    {
      id: 'why',
      title: t('messages.reason'),
      render: (row) => (
        <>
          <ReasonText code={row.reason} />
          {row.text !== undefined && <div className="small muted">{row.text}</div>}
          <ProviderNote provider={row.provider} />
          {row.recall && (
            <div className="small">
              {t('fate.recall')}{' '}
              <StatusTag status={row.recall.status === 'requested' ? 'running' : row.recall.status} />{' '}
              <ReasonText code={row.recall.reason} />
            </div>
          )}
        </>
      ),
    },
    {
      id: 'channel',
      title: t('messages.channel'),
      render: (row) => (
        <>
          {channelLabel(row.channel)}
          <div className="small muted">
            {row.account} · {t('fate.delivery', { no: row.deliveryNo })}
          </div>
        </>
      ),
    },
    { id: 'read', title: t('fate.receipt'), render: (row) => <Moment at={row.readAt ?? row.deliveredAt} /> },
  ];
  return (
    <>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('fate.recipients')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => `${row.recipient} ${row.channel} ${row.deliveryNo}`}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('fate.none')}
        foot={t(pages.hasMore ? 'list.more' : 'list.all', { count: count(pages.rows.length) })}
      />
    </>
  );
}
