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
import { AccountFilter, TemplateFilter } from './dead-letter-filters.js';
import { DeadLetterGroups } from './dead-letter-groups.js';
import { ReplayButton } from './replay-button.js';

const LIVE_MS = 10_000;
const PAGE = 100;

/** Failed deliveries, by reason: the remedy of a reason serves all of its rows. */
export function DeadLetters(): ReactNode {
  const t = useText();
  const channelLabel = useChannelLabel();
  const address = useAddress();
  const from = address.get('from') || '-7d';
  const [reason, template, account] = [address.get('reason'), address.get('template'), address.get('account')];
  const filter = useMemo(() => {
    const failedAfter = startOf(from);
    return {
      ...(failedAfter !== undefined && { failedAfter }),
      ...(reason !== '' && { reason: [reason] }),
      ...(template !== '' && { template: [template] }),
      ...(account !== '' && { account: [account] }),
    };
  }, [from, reason, template, account]);
  const pages = usePages<DeadLetter>(
    ['dead-letters', filter],
    (cursor) => {
      const query = {
        limit: PAGE,
        ...(filter.failedAfter !== undefined && { failedAfter: filter.failedAfter }),
        ...(reason !== '' && { reason }),
        ...(template !== '' && { template }),
        ...(account !== '' && { account }),
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
        <TemplateFilter />
        <AccountFilter />
        <div className="grow" />
        <ReplayButton filter={filter} isAll={reason === '' && template === '' && account === ''} />
      </div>
      <DeadLetterGroups rows={pages.rows} chosen={reason} filter={filter} hasMore={pages.hasMore} />
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
