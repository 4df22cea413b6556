import { PlusOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { useChannelLabel } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { Account } from '../../api/types.js';
import { LiveNote } from '../../app/live.js';
import { useText } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { GatedButton } from '../../ui/gate.js';
import { Moment } from '../../ui/moment.js';
import { PageHead } from '../../ui/page-head.js';
import { ReasonText } from '../../ui/reason-text.js';
import { StatusTag } from '../../ui/status-tag.js';
import { TokenTag } from './token-tag.js';

const LIVE_MS = 30_000;

export default function AccountsPage(): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const channelLabel = useChannelLabel();
  const pages = usePages<Account>(
    ['account-list'],
    (cursor) => bodyOf(api.GET('/v1/accounts', { params: { query: { ...(cursor && { cursor }) } } })),
    { refetchMs: LIVE_MS },
  );
  const columns: readonly Column<Account>[] = [
    {
      id: 'name',
      title: t('accounts.name'),
      isCut: true,
      render: ({ code, name }) => (
        <>
          <Link to={`/accounts/${code}`}>{name}</Link>
          <div className="mono muted">{code}</div>
        </>
      ),
    },
    { id: 'channel', title: t('messages.channel'), render: ({ channel }) => channelLabel(channel) },
    {
      id: 'health',
      title: t('messages.status'),
      render: ({ health }) => (
        <div className="row">
          <StatusTag status={health.state} />
          <span className="small second">
            <ReasonText code={health.reason} />
          </span>
        </div>
      ),
    },
    { id: 'token', title: t('accounts.token'), render: ({ token }) => <TokenTag token={token} /> },
    {
      id: 'base',
      title: t('accounts.base'),
      isCut: true,
      render: ({ baseUrl }) => <span className="mono">{baseUrl}</span>,
    },
    { id: 'changed', title: t('templates.changed'), render: ({ updatedAt }) => <Moment at={updatedAt} /> },
  ];
  return (
    <div className="page">
      <PageHead title={t('nav.accounts')} lead={t('accounts.lead')}>
        <LiveNote seconds={LIVE_MS / 1000} at={pages.loadedAt} />
        <GatedButton
          scope="accounts:write"
          type="primary"
          icon={<PlusOutlined />}
          onClick={() => void navigate('/accounts/new')}
        >
          {t('accounts.new')}
        </GatedButton>
      </PageHead>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('nav.accounts')}
        columns={columns}
        rows={pages.rows}
        keyOf={({ code }) => code}
        onOpen={({ code }) => void navigate(`/accounts/${code}`)}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('accounts.none')}
      />
    </div>
  );
}
