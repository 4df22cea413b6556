import { useQueryClient } from '@tanstack/react-query';
import { App, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useAccounts } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { Sync } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea, faultSentence } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { GatedButton, useMay } from '../../ui/gate.js';
import { Moment } from '../../ui/moment.js';
import { ToneTag, type Tone } from '../../ui/status-tag.js';

const LIVE_MS = 3_000;

const TONES: Readonly<Record<Sync['status'], Tone>> = {
  queued: 'waiting',
  running: 'progress',
  succeeded: 'ok',
  failed: 'danger',
};

/** What was read from the vendors' directories, and what came of it. */
export function Syncs(): ReactNode {
  const t = useText();
  const may = useMay();
  const columns = useColumns();
  const pages = usePages<Sync>(
    ['syncs'],
    (cursor) =>
      bodyOf(api.GET('/v1/directory/syncs', { params: { query: { ...(cursor !== undefined && { cursor }) } } })),
    { refetchMs: LIVE_MS },
  );
  return (
    <>
      {may('accounts:read') && <SyncNow />}
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('directory.syncs')}
        columns={columns}
        rows={pages.rows}
        keyOf={({ id }) => id}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('syncs.none')}
      />
    </>
  );
}

function SyncNow(): ReactNode {
  const t = useText();
  const client = useQueryClient();
  const { message: notice } = App.useApp();
  const { data: accounts } = useAccounts();
  const [account, setAccount] = useState<string>();
  const start = async (code: string): Promise<void> => {
    try {
      await api.POST('/v1/directory/sync', { body: { account: code } });
      await client.invalidateQueries({ queryKey: ['syncs'] });
    } catch (error) {
      void notice.error(faultSentence(error, t));
    }
  };
  return (
    <div className="row filters">
      <Select
        aria-label={t('messages.account')}
        placeholder={t('messages.account')}
        value={account ?? null}
        onChange={setAccount}
        options={(accounts ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        style={{ width: 240 }}
      />
      <GatedButton
        scope="directory:write"
        disabled={account === undefined}
        onClick={() => account !== undefined && void start(account)}
      >
        {t('syncs.start')}
      </GatedButton>
    </div>
  );
}

function useColumns(): readonly Column<Sync>[] {
  const t = useText();
  return [
    { id: 'time', title: t('messages.time'), render: ({ createdAt }) => <Moment at={createdAt} /> },
    { id: 'account', title: t('messages.account'), render: ({ account }) => account },
    { id: 'trigger', title: t('syncs.trigger'), render: ({ trigger }) => t(`syncs.trigger.${trigger}`) },
    {
      id: 'status',
      title: t('messages.status'),
      render: ({ status, error }) => (
        <>
          <ToneTag tone={TONES[status]}>{t(`syncs.status.${status}`)}</ToneTag>
          {error && <div className="small danger-text">{error.message}</div>}
        </>
      ),
    },
    {
      id: 'counts',
      title: t('syncs.counts'),
      render: ({ counts }) => (
        <span className="small num">
          {Object.entries(counts)
            .map(([name, number]) => `${name} ${count(number)}`)
            .join(' · ')}
        </span>
      ),
    },
    { id: 'end', title: t('syncs.finished'), render: ({ finishedAt }) => <Moment at={finishedAt} /> },
  ];
}
