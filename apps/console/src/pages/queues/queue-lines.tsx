import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useAccounts, useChannelLabel } from '../../api/catalogue.js';
import type { Queue, QueueLine } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { count } from '../../ui/format.js';
import { useMay } from '../../ui/gate.js';
import { Lasting, Moment } from '../../ui/moment.js';
import { StatusTag } from '../../ui/status-tag.js';

const SECOND = 1000;

type Line = QueueLine & { readonly channel: string };

/** Each account sends at its own pace: what stands in its lines, and what holds them back. */
export function QueueLines({ queues }: { readonly queues: readonly Queue[] }): ReactNode {
  const t = useText();
  const may = useMay();
  const columns = useColumns(may('accounts:read'));
  const rows: readonly Line[] = queues.flatMap(({ channel, lines }) => lines.map((line) => ({ ...line, channel })));
  return (
    <section className="below">
      <h2>{t('lines.title')}</h2>
      <p className="small muted">{t('lines.lead')}</p>
      <DataTable
        caption={t('lines.title')}
        columns={columns}
        rows={rows}
        keyOf={({ channel, account, priority }) => `${channel} ${account} ${priority}`}
        empty={t('lines.none')}
      />
    </section>
  );
}

function useColumns(maySeeAccounts: boolean): readonly Column<Line>[] {
  const t = useText();
  const channelLabel = useChannelLabel();
  const { data: accounts } = useAccounts();
  const nameOf = (code: string): string => accounts?.find((account) => account.code === code)?.name ?? code;
  return [
    {
      id: 'account',
      title: t('messages.account'),
      render: ({ account, channel }) => (
        <>
          {maySeeAccounts ? <Link to={`/accounts/${account}`}>{nameOf(account)}</Link> : account}
          <div className="small muted">{channelLabel(channel)}</div>
        </>
      ),
    },
    { id: 'priority', title: t('lines.priority'), render: ({ priority }) => t(`priority.${priority}`) },
    { id: 'waiting', title: t('queues.waiting'), align: 'right', render: ({ waiting }) => count(waiting) },
    { id: 'active', title: t('queues.sending'), align: 'right', render: ({ active }) => count(active) },
    { id: 'delayed', title: t('lines.delayed'), align: 'right', render: ({ delayed }) => count(delayed) },
    {
      id: 'rate',
      title: t('lines.rate'),
      align: 'right',
      render: ({ ratePerMinute }) => count(Math.round(ratePerMinute * 10) / 10),
    },
    { id: 'oldest', title: t('queues.oldest'), render: ({ oldestAgeMs }) => <Lasting ms={oldestAgeMs} /> },
    {
      id: 'eta',
      title: t('queues.eta'),
      render: ({ etaSeconds }) => <Lasting ms={etaSeconds === undefined ? undefined : etaSeconds * SECOND} />,
    },
    {
      id: 'state',
      title: t('messages.status'),
      render: ({ paused }) =>
        paused ? (
          <>
            <StatusTag status="paused" />
            <div className="small muted">
              {t(`lines.paused.${paused.what}`)} {paused.by} <Moment at={paused.since} /> {paused.reason}
            </div>
          </>
        ) : (
          <StatusTag status="active" />
        ),
    },
  ];
}
