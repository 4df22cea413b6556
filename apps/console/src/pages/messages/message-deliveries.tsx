import type { ReactNode } from 'react';
import { useChannelLabel } from '../../api/catalogue.js';
import type { Delivery, Message } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { IdText } from '../../ui/id-text.js';
import { Moment } from '../../ui/moment.js';
import { ReasonText } from '../../ui/reason-text.js';
import { StatusTag, ToneTag } from '../../ui/status-tag.js';

export function MessageDeliveries({ message }: { readonly message: Message }): ReactNode {
  const t = useText();
  const channelLabel = useChannelLabel();
  const columns: readonly Column<Delivery>[] = [
    { id: 'no', title: '#', render: ({ no }) => no },
    {
      id: 'channel',
      title: t('messages.channel'),
      render: ({ channel, account }) => (
        <>
          {channelLabel(channel)}
          <div className="small muted">{account}</div>
        </>
      ),
    },
    {
      id: 'status',
      title: t('messages.status'),
      render: (delivery) => (
        <div className="row">
          <StatusTag status={delivery.status} />
          {delivery.possibleDuplicate && <ToneTag tone="unknown">{t('deliveries.possibleDuplicate')}</ToneTag>}
        </div>
      ),
    },
    { id: 'reason', title: t('messages.reason'), render: ({ reason }) => <ReasonText code={reason} /> },
    { id: 'attempts', title: t('deliveries.attempts'), align: 'right', render: ({ attempts }) => attempts },
    {
      id: 'when',
      title: t('deliveries.when'),
      render: ({ sentAt, nextAttemptAt }) => <Moment at={sentAt ?? nextAttemptAt} />,
    },
    {
      id: 'provider',
      title: t('messages.providerMsgId'),
      render: ({ providerMsgId }) => (providerMsgId === undefined ? null : <IdText id={providerMsgId} />),
    },
  ];
  return (
    <DataTable
      caption={t('deliveries.caption')}
      columns={columns}
      rows={message.deliveries ?? []}
      keyOf={({ no }) => String(no)}
      empty={t('deliveries.none')}
      foot={message.deliveriesTruncated ? t('deliveries.truncated') : undefined}
    />
  );
}
