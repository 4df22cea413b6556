import { useQuery } from '@tanstack/react-query';
import { Skeleton, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { useChannelLabel } from '../../api/catalogue.js';
import { api } from '../../api/client.js';
import type { Account } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { PageHead } from '../../ui/page-head.js';
import { ReasonText } from '../../ui/reason-text.js';
import { StatusTag } from '../../ui/status-tag.js';
import { AccountActions } from './account-actions.js';
import { AccountForm } from './account-form.js';
import { AccountQuota } from './account-quota.js';
import { TokenTag } from './token-tag.js';

const LIVE_MS = 30_000;

export default function AccountPage(): ReactNode {
  const t = useText();
  const { code = '' } = useParams();
  const isNew = code === 'new';
  const { data, error, refetch } = useQuery({
    queryKey: ['account', code],
    enabled: !isNew,
    refetchInterval: LIVE_MS,
    queryFn: async () => {
      const { data: account, response } = await api.GET('/v1/accounts/{code}', { params: { path: { code } } });
      return { account: account as unknown as Account, tag: response.headers.get('etag') ?? undefined };
    },
  });
  if (isNew) {
    return (
      <div className="page">
        <PageHead title={t('accounts.new')} lead={<Link to="/accounts">{t('nav.accounts')}</Link>} />
        <AccountForm />
      </div>
    );
  }
  if (error !== null && !data) return <FaultArea error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active={false} />;
  return <Known account={data.account} tag={data.tag} />;
}

function Known({ account, tag }: { readonly account: Account; readonly tag: string | undefined }): ReactNode {
  const t = useText();
  const address = useAddress();
  return (
    <div className="page">
      <PageHead title={account.name} lead={<Link to="/accounts">{t('nav.accounts')}</Link>}>
        <AccountActions account={account} />
      </PageHead>
      <Summary account={account} />
      <Tabs
        activeKey={address.get('tab') || 'quota'}
        onChange={(tab) => address.set({ tab: tab === 'quota' ? undefined : tab })}
        destroyOnHidden
        items={[
          { key: 'quota', label: t('accounts.tabQuota'), children: <AccountQuota code={account.code} /> },
          {
            key: 'config',
            label: t('accounts.tabConfig'),
            children: <AccountForm key={account.version} account={account} tag={tag} />,
          },
        ]}
      />
    </div>
  );
}

function Summary({ account }: { readonly account: Account }): ReactNode {
  const t = useText();
  const channelLabel = useChannelLabel();
  const { health, usedBy, waiting, pausedReason, pausedText } = account;
  return (
    <section className="card filters">
      <dl className="facts">
        <dt>{t('messages.channel')}</dt>
        <dd>
          {channelLabel(account.channel)} <span className="mono muted">{account.code}</span>
        </dd>
        <dt>{t('messages.status')}</dt>
        <dd>
          <StatusTag status={health.state} /> <ReasonText code={health.reason} /> {pausedReason} {pausedText}
          {health.sinceAt !== undefined && (
            <span className="muted">
              {' '}
              · {t('accounts.since')} <Moment at={health.sinceAt} />
            </span>
          )}
          {health.untilAt !== undefined && (
            <span className="muted">
              {' '}
              · {t('accounts.until')} <Moment at={health.untilAt} />
            </span>
          )}
        </dd>
        <dt>{t('accounts.token')}</dt>
        <dd>
          <TokenTag token={account.token} />
        </dd>
        <dt>{t('accounts.waiting')}</dt>
        <dd>
          <Link to={`/messages?account=${account.code}&status=accepted,scheduled,sending&from=-30d`}>
            {count(waiting ?? 0)}
          </Link>
        </dd>
        <dt>{t('accounts.usedBy')}</dt>
        <dd className="row">
          {(usedBy ?? []).map((code) => (
            <Link key={code} to={`/templates/${code}`} className="mono">
              {code}
            </Link>
          ))}
          {(usedBy ?? []).length === 0 && <span className="muted">{t('accounts.unused')}</span>}
        </dd>
      </dl>
    </section>
  );
}
