import { useMemo, useState, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { Button } from 'antd';
import { useChannelLabel } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { Message } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { Snapshot } from '../../app/live.js';
import { SavedViews } from '../../app/saved-views.js';
import { startOf } from '../../app/time-range.js';
import { usePreferences } from '../../session/preferences.js';
import { useText } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { useMe } from '../../ui/gate.js';
import { Moment } from '../../ui/moment.js';
import { PageHead } from '../../ui/page-head.js';
import { ReasonText } from '../../ui/reason-text.js';
import { StatusTag } from '../../ui/status-tag.js';
import { ExportButton } from './export-button.js';
import { useFreshMessages, type Fresh } from './fresh-messages.js';
import { MessageDrawer } from './message-drawer.js';
import { FILTERS, MessageFilters } from './message-filters.js';
import { messagesQuery } from './messages-query.js';

const PAGE = 50;

function useColumns(): readonly Column<Message>[] {
  const t = useText();
  const channelLabel = useChannelLabel();
  return [
    {
      id: 'time',
      title: t('messages.time'),
      width: 150,
      render: ({ id, createdAt }) => (
        <Link to={`/messages/${id}`}>
          <Moment at={createdAt} />
        </Link>
      ),
    },
    { id: 'status', title: t('messages.status'), width: 120, render: ({ status }) => <StatusTag status={status} /> },
    {
      id: 'template',
      title: t('messages.template'),
      isCut: true,
      render: ({ template, templateVersion }) => (
        <>
          {template ?? t('messages.inline')}
          {templateVersion !== null && <span className="muted"> v{templateVersion}</span>}
        </>
      ),
    },
    {
      id: 'recipients',
      title: t('messages.recipients'),
      align: 'right',
      render: ({ recipientCount }) => count(recipientCount),
    },
    {
      id: 'channel',
      title: t('messages.channel'),
      isCut: true,
      render: ({ channels }) => channels.map(channelLabel).join(' · '),
    },
    { id: 'reason', title: t('messages.reason'), isCut: true, render: ({ reason }) => <ReasonText code={reason} /> },
    {
      id: 'key',
      title: t('messages.businessKey'),
      isCut: true,
      render: ({ businessKey }) => <span className="mono">{businessKey}</span>,
    },
  ];
}

/** The log: newest first, always within a range of time or by an exact key. */
export default function MessagesPage(): ReactNode {
  const t = useText();
  const me = useMe();
  const navigate = useNavigate();
  const address = useAddress();
  const columns = useColumns();
  const [reloads, setReloads] = useState(0);
  const from = address.get('from') || '-24h';
  const { isLive: isLiveAtFirst } = usePreferences();
  const live = address.get('live');
  const isLive = live === '' ? isLiveAtFirst : live === '1';
  const filters = Object.fromEntries(FILTERS.map((name) => [name, address.get(name)]));
  const key = JSON.stringify(filters);
  // One start for all pages of the list; `reloads` makes a new one.
  const createdAfter = useMemo(() => startOf(from), [from, key, reloads]);
  const query = messagesQuery(filters, createdAfter);
  const pages = usePages<Message>(['messages', from, key, reloads], (cursor) => {
    const page = { ...query, ...(cursor !== undefined && { cursor }), limit: PAGE };
    return bodyOf(api.GET('/v1/messages', { params: { query: page } }));
  });
  const fresh = useFreshMessages(pages.rows, query, isLive && !pages.isLoading);
  const rows = pages.rows.map((row) => fresh.now.get(row.id) ?? row);
  const hasFilters = FILTERS.some((name) => address.get(name) !== '');
  return (
    <div className="page">
      <PageHead title={t('nav.messages')} lead={me.seesAllCallers ? t('messages.lead') : t('messages.ownOnly')}>
        <SavedViews />
        <ExportButton query={query} />
        <Snapshot
          at={Math.max(pages.loadedAt, fresh.at)}
          isLive={isLive}
          reload={() => setReloads(reloads + 1)}
          setLive={(next) => address.set({ live: next ? '1' : '0' })}
        />
      </PageHead>
      <MessageFilters />
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      {isLive && <FreshPill fresh={fresh} onShow={() => setReloads(reloads + 1)} />}
      <DataTable
        caption={t('nav.messages')}
        columns={columns}
        rows={rows}
        keyOf={({ id }) => id}
        selected={address.get('sel')}
        onOpen={({ id }) => address.set({ sel: id })}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={<Empty hasFilters={hasFilters} from={from} />}
        foot={t(pages.hasMore ? 'list.more' : 'list.all', { count: count(pages.rows.length) })}
      />
      <MessageDrawer
        id={address.get('sel')}
        rows={rows}
        onClose={() => address.set({ sel: undefined, tab: undefined })}
        onPage={(id) => void navigate(`/messages/${id}`)}
      />
    </div>
  );
}

/** What is new waits here, so that nothing moves under the cursor. */
function FreshPill({ fresh, onShow }: { readonly fresh: Fresh; readonly onShow: () => void }): ReactNode {
  const t = useText();
  return (
    <div role="status">
      {fresh.count > 0 && (
        <button type="button" className="fresh" onClick={onShow}>
          ↑ {fresh.isMany ? t('messages.freshMany') : t('messages.fresh', { count: fresh.count })}
        </button>
      )}
    </div>
  );
}

function Empty({ hasFilters, from }: { readonly hasFilters: boolean; readonly from: string }): ReactNode {
  const t = useText();
  const address = useAddress();
  const clear = Object.fromEntries(FILTERS.map((name) => [name, undefined]));
  return (
    <>
      {t(hasFilters ? 'messages.noneFit' : 'messages.none')}
      <div className="row">
        {from !== '-30d' && <Button onClick={() => address.set({ from: '-30d' })}>{t('messages.widen')}</Button>}
        {hasFilters && <Button onClick={() => address.set(clear)}>{t('filters.clear')}</Button>}
        {!hasFilters && (
          <Button type="primary" onClick={() => address.set({ send: '1' })}>
            {t('send.title')}
          </Button>
        )}
      </div>
    </>
  );
}
