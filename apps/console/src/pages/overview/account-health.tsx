import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useAccounts, useChannelLabel } from '../../api/catalogue.js';
import { useText } from '../../texts/text-provider.js';
import { StatusTag } from '../../ui/status-tag.js';
import { TokenTag } from '../accounts/index.js';

export function AccountHealth(): ReactNode {
  const t = useText();
  const channelLabel = useChannelLabel();
  const { data } = useAccounts();
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('health.title')}</h2>
        <Link to="/accounts">{t('nav.accounts')}</Link>
      </div>
      <table className="table">
        <caption className="hidden">{t('health.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('accounts.name')}</th>
            <th scope="col">{t('messages.status')}</th>
            <th scope="col">{t('accounts.token')}</th>
          </tr>
        </thead>
        <tbody>
          {(data ?? []).map((account) => (
            <tr key={account.code}>
              <td>
                <Link to={`/accounts/${account.code}`}>{account.name}</Link>
                <div className="small muted">{channelLabel(account.channel)}</div>
              </td>
              <td>
                <StatusTag status={account.health.state} />
              </td>
              <td>
                <TokenTag token={account.token} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {data?.length === 0 && <p className="muted">{t('accounts.none')}</p>}
    </section>
  );
}
