import { useQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import type { ReactNode } from 'react';
import { api, bodyOf } from '../../api/client.js';
import type { Quota } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';

const LIVE_MS = 10_000;

type Usage = Quota['limits'][number];

const AMBER = 0.8;
const RED = 0.95;

export function UsageBar({ usage }: { readonly usage: Usage }): ReactNode {
  const { limit, used = 0, label } = usage;
  if (limit === null) return <span className="num">{count(used)}</span>;
  const share = used / limit;
  return (
    <div className="row">
      <Progress
        percent={Math.min(100, Math.round(share * 100))}
        showInfo={false}
        size="small"
        aria-label={label}
        strokeColor={share >= RED ? 'var(--danger)' : share >= AMBER ? 'var(--partial)' : 'var(--ok)'}
        style={{ width: 160 }}
      />
      <span className="num">
        {count(used)} / {count(limit)}
      </span>
    </div>
  );
}

/** What the account has used of its limits, and when it runs out. */
export function AccountQuota({ code }: { readonly code: string }): ReactNode {
  const t = useText();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['quota', code],
    queryFn: () => bodyOf(api.GET('/v1/accounts/{code}/quota', { params: { path: { code } } })),
    refetchInterval: LIVE_MS,
  });
  const columns: readonly Column<Usage>[] = [
    { id: 'label', title: t('quota.limit'), render: ({ label }) => label },
    { id: 'scope', title: t('quota.scope'), render: ({ scope }) => t(`quota.scope.${scope}`) },
    { id: 'used', title: t('quota.used'), render: (usage) => <UsageBar usage={usage} /> },
    { id: 'free', title: t('quota.nextFree'), render: ({ nextFreeAt }) => <Moment at={nextFreeAt} /> },
    { id: 'out', title: t('quota.exhausted'), render: ({ exhaustedAt }) => <Moment at={exhaustedAt} /> },
  ];
  if (error !== null && !data) return <FaultArea error={error} retry={() => void refetch()} />;
  return (
    <>
      {(data?.waiting ?? 0) > 0 && (
        <p className="filters">{t('quota.waiting', { count: count(data?.waiting ?? 0) })}</p>
      )}
      <DataTable
        caption={t('accounts.tabQuota')}
        columns={columns}
        rows={data?.limits ?? []}
        keyOf={({ key }) => key}
        isLoading={isPending}
        empty={t('quota.none')}
      />
    </>
  );
}
