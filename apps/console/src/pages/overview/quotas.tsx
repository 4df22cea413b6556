import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useAccounts } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import { useText } from '../../texts/text-provider.js';
import { Moment } from '../../ui/moment.js';
import { UsageBar } from '../accounts/index.js';

const LIVE_MS = 30_000;

/** Limits of the accounts that are in use. */
export function Quotas(): ReactNode {
  const t = useText();
  const { data: accounts } = useAccounts();
  const { data } = useQuery({
    queryKey: ['quotas'],
    queryFn: () => bodyOf(api.GET('/v1/quotas')),
    refetchInterval: LIVE_MS,
  });
  const rows = (data?.data ?? []).flatMap(({ account, limits }) =>
    limits
      .filter(({ limit, scope, used = 0 }) => limit !== null && scope === 'account' && used > 0)
      .map((usage) => ({ account, usage })),
  );
  if (rows.length === 0) return null;
  const nameOf = (code: string): string => accounts?.find((account) => account.code === code)?.name ?? code;
  return (
    <section className="card">
      <h2>{t('quota.title')}</h2>
      <table className="table">
        <caption className="hidden">{t('quota.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('accounts.name')}</th>
            <th scope="col">{t('quota.limit')}</th>
            <th scope="col">{t('quota.used')}</th>
            <th scope="col">{t('quota.exhausted')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ account, usage }) => (
            <tr key={`${account} ${usage.key}`}>
              <td>
                <Link to={`/accounts/${account}`}>{nameOf(account)}</Link>
              </td>
              <td>{usage.label}</td>
              <td>
                <UsageBar usage={usage} />
              </td>
              <td>
                <Moment at={usage.exhaustedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
