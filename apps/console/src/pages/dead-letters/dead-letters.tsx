import { useMemo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useChannelLabel } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { DeadLetter } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { startOf } from '../../app/time-range.js';
import { RangeSelect } from '../../app/range-select.js';
import { useText } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { ReasonText } from '../../ui/reason-text.js';
import { ReplayButton } from './replay-button.js';

const LIVE_MS = 10_000;
const PAGE = 100;

/** Failed deliveries, by reason: the remedy of a reason serves all of its rows. */
export function DeadLetters(): ReactNode {
  const t = useText();
  const channelLabel = useChannelLabel();
  const address = useAddress();
  const from = address.get('from') || '-7d';
  const reason = address.get('reason');
  const failedAfter = useMemo(() => startOf(from), [from]);
  const pages = usePages<DeadLetter>(
    ['dead-letters', from, reason],
    (cursor) => {
      const query = {
        limit: PAGE,
        ...(failedAfter !== undefined && { failedAfter }),
        ...(reason !== '' && { reason }),
        ...(cursor !== undefined && { cursor }),
      };
      return bodyOf(api.GET('/v1/dead-letters', { params: { query } }));
    },
    { refetchMs: LIVE_MS },
  );
  const columns: readonly Column<DeadLetter>[] = [
    {
      id: 'time',
      title: t('dead.failedAt'),
      render: (row) => (
        <Link to={`/messages/${row.messageId}`}>
          <Moment at={row.failedAt} />
        </Link>
      ),
    },
    {
      id: 'template',
      title: t('messages.template'),
      isCut: true,
      render: ({ template }) => template ?? t('messages.inline'),
    },
    {
      id: 'reason',
      title: t('messages.reason'),
      render: (row) => (
        <>
          <ReasonText code={row.reason} />
          {row.text !== undefined && <div className="small muted">{row.text}</div>}
        </>
      ),
    },
    {
      id: 'channel',
      title: t('messages.channel'),
      render: (row) => (
        <>
          {channelLabel(row.channel)}
          <div className="small muted">{row.account}</div>
        </>
      ),
    },
    { id: 'caller', title: t('dead.caller'), render: ({ caller }) => caller },
    { id: 'people', title: t('messages.recipients'), align: 'right', render: (row) => count(row.replayableCount) },
    { id: 'attempts', title: t('deliveries.attempts'), align: 'right', render: ({ attempts }) => attempts },
  ];
  return (
    <>
      <div className="row filters">
        <RangeSelect fallback="-7d" />
        <Groups rows={pages.rows} chosen={reason} />
        <div className="grow" />
        <ReplayButton reason={reason} failedAfter={failedAfter} />
      </div>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('dead.tab')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => `${row.messageId} ${row.deliveryNo}`}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('dead.none')}
        foot={t(pages.hasMore ? 'list.more' : 'list.all', { count: count(pages.rows.length) })}
      />
    </>
  );
}

function Groups({ rows, chosen }: { readonly rows: readonly DeadLetter[]; readonly chosen: string }): ReactNode {
  const address = useAddress();
  const counts = new Map<string, number>();
  for (const { reason } of rows) if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, number]) => (
    <button
      key={reason}
      type="button"
      className={`chip ${chosen === reason ? 'is-on' : ''}`}
      aria-pressed={chosen === reason}
      onClick={() => address.set({ reason: chosen === reason ? undefined : reason })}
    >
      <ReasonText code={reason} count={number} />
    </button>
  ));
}
