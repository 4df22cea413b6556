import { PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { Caller } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { GatedButton } from '../../ui/gate.js';
import { Moment } from '../../ui/moment.js';
import { PageHead } from '../../ui/page-head.js';
import { ToneTag } from '../../ui/status-tag.js';
import { CallerDialog } from './caller-dialog.js';

/** The business systems that send, and whether they may. */
export default function CallersPage(): ReactNode {
  const t = useText();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Confirmation>();
  const [edited, setEdited] = useState<Caller | 'new'>();
  const pages = usePages<Caller>(['callers'], (cursor) =>
    bodyOf(api.GET('/v1/callers', { params: { query: { ...(cursor && { cursor }) } } })),
  );
  const reload = (): Promise<void> => client.invalidateQueries({ queryKey: ['callers'] });
  const toggle = ({ code, enabled, name }: Caller): Confirmation => ({
    title: t(enabled ? 'callers.disableTitle' : 'callers.enableTitle', { name }),
    body: t(enabled ? 'callers.disableBody' : 'callers.enableBody'),
    verb: t(enabled ? 'callers.disable' : 'callers.enable'),
    isDanger: enabled,
    act: async () => {
      await api.PUT('/v1/callers/{code}', { params: { path: { code } }, body: { name, enabled: !enabled } });
      await reload();
    },
  });
  const columns = useColumns({ onRename: setEdited, onToggle: (row) => setAsked(toggle(row)) });
  return (
    <div className="page">
      <PageHead title={t('nav.callers')} lead={t('callers.lead')}>
        <GatedButton scope="keys:write" type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
          {t('callers.new')}
        </GatedButton>
      </PageHead>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('nav.callers')}
        columns={columns}
        rows={pages.rows}
        keyOf={({ id }) => id}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('callers.none')}
      />
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
      {edited !== undefined && (
        <CallerDialog
          {...(edited !== 'new' && { caller: edited })}
          onClose={() => setEdited(undefined)}
          onSaved={() => {
            setEdited(undefined);
            void reload();
          }}
        />
      )}
    </div>
  );
}

interface CallerActions {
  readonly onRename: (row: Caller) => void;
  readonly onToggle: (row: Caller) => void;
}

function useColumns({ onRename, onToggle }: CallerActions): readonly Column<Caller>[] {
  const t = useText();
  return [
    { id: 'name', title: t('callers.name'), isCut: true, render: ({ name }) => <b>{name}</b> },
    { id: 'code', title: t('callers.code'), render: ({ code }) => <span className="mono">{code}</span> },
    {
      id: 'state',
      title: t('messages.status'),
      render: ({ enabled }) => (
        <ToneTag tone={enabled ? 'ok' : 'withdrawn'}>{t(enabled ? 'callers.on' : 'callers.off')}</ToneTag>
      ),
    },
    { id: 'changed', title: t('templates.changed'), render: ({ updatedAt }) => <Moment at={updatedAt} /> },
    {
      id: 'links',
      title: t('nav.find'),
      render: ({ code }) => (
        <div className="row">
          <Link to={`/messages?caller=${code}`}>{t('callers.messages')}</Link>
          <Link to={`/rejections?caller=${code}`}>{t('callers.rejections')}</Link>
        </div>
      ),
    },
    {
      id: 'act',
      title: t('list.actions'),
      render: (row) => (
        <div className="row">
          <GatedButton scope="keys:write" size="small" onClick={() => onRename(row)}>
            {t('callers.rename')}
          </GatedButton>
          <GatedButton scope="keys:write" size="small" danger={row.enabled} onClick={() => onToggle(row)}>
            {t(row.enabled ? 'callers.disable' : 'callers.enable')}
          </GatedButton>
        </div>
      ),
    },
  ];
}
