import { PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Input, Segmented, Tooltip } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useChannels, useLabel } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { Person } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { GatedButton } from '../../ui/gate.js';
import { Moment } from '../../ui/moment.js';
import { ToneTag } from '../../ui/status-tag.js';
import { MaskedMobile } from './masked-mobile.js';
import { PersonDialog } from './person-dialog.js';

const PAGE = 50;
const VIEWS = ['all', 'active', 'inactive', 'stale'] as const;

type View = (typeof VIEWS)[number];

const QUERIES: Readonly<Record<View, { readonly active?: boolean; readonly stale?: boolean }>> = {
  all: {},
  active: { active: true },
  inactive: { active: false },
  stale: { stale: true },
};

const isView = (text: string): text is View => VIEWS.includes(text as View);

/** Found by the beginning of a name, or by an exact id, mobile or address. */
export function People(): ReactNode {
  const t = useText();
  const client = useQueryClient();
  const [edited, setEdited] = useState<Person | 'new'>();
  const [asked, setAsked] = useState<Confirmation>();
  const reload = (): Promise<void> => client.invalidateQueries({ queryKey: ['people'] });
  const remove = ({ identities, name, user }: Person): Confirmation => ({
    title: t('people.deleteTitle', { name }),
    body: t('people.deleteBody', { count: identities.length }),
    verb: t('people.delete'),
    isDanger: true,
    act: async () => {
      await api.DELETE('/v1/people/{user}', { params: { path: { user } } });
      await reload();
    },
  });
  const address = useAddress();
  const columns = useColumns({ onEdit: setEdited, onDelete: (row) => setAsked(remove(row)) });
  const q = address.get('q');
  const chosen = address.get('view');
  const view = isView(chosen) ? chosen : 'all';
  const pages = usePages<Person>(['people', q, view], (cursor) => {
    const query = {
      limit: PAGE,
      ...QUERIES[view],
      ...(q !== '' && { q }),
      ...(cursor !== undefined && { cursor }),
    };
    return bodyOf(api.GET('/v1/people', { params: { query } }));
  });
  return (
    <>
      <div className="row filters">
        <Input.Search
          key={q}
          allowClear
          defaultValue={q}
          placeholder={t('directory.find')}
          aria-label={t('directory.find')}
          onSearch={(text) => address.set({ q: text.trim() })}
          style={{ width: 300 }}
        />
        <Segmented
          aria-label={t('directory.view')}
          value={view}
          onChange={(next: string) => address.set({ view: next === 'all' ? undefined : next })}
          options={VIEWS.map((value) => ({ value, label: t(`directory.view.${value}`) }))}
        />
        <GatedButton scope="directory:write" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
          {t('people.new')}
        </GatedButton>
      </div>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('directory.people')}
        columns={columns}
        rows={pages.rows}
        keyOf={({ user }) => user}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t(q === '' && view === 'all' ? 'directory.none' : 'directory.noneFit')}
        foot={t(pages.hasMore ? 'list.more' : 'list.all', { count: count(pages.rows.length) })}
      />
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
      {edited !== undefined && (
        <PersonDialog
          {...(edited !== 'new' && { person: edited })}
          onClose={() => setEdited(undefined)}
          onSaved={() => {
            setEdited(undefined);
            void reload();
          }}
        />
      )}
    </>
  );
}

interface PersonActions {
  readonly onEdit: (row: Person) => void;
  readonly onDelete: (row: Person) => void;
}

function useColumns({ onEdit, onDelete }: PersonActions): readonly Column<Person>[] {
  const t = useText();
  return [
    {
      id: 'name',
      title: t('directory.name'),
      isCut: true,
      render: ({ name, department }) => (
        <>
          {name}
          <div className="small muted">{department}</div>
        </>
      ),
    },
    { id: 'user', title: t('directory.user'), render: ({ user }) => <span className="mono">{user}</span> },
    { id: 'mobile', title: t('directory.mobile'), render: (row) => <MaskedMobile of={row} /> },
    { id: 'email', title: t('directory.email'), isCut: true, render: ({ email }) => email },
    {
      id: 'identities',
      title: t('directory.identities'),
      render: ({ identities }) =>
        identities.map((identity) => <Identity key={`${identity.family} ${identity.account ?? ''}`} of={identity} />),
    },
    {
      id: 'state',
      title: t('messages.status'),
      render: ({ active }) => (
        <ToneTag tone={active ? 'ok' : 'withdrawn'}>{t(active ? 'directory.active' : 'directory.inactive')}</ToneTag>
      ),
    },
    { id: 'changed', title: t('templates.changed'), render: ({ updatedAt }) => <Moment at={updatedAt} /> },
    {
      id: 'act',
      title: t('list.actions'),
      render: (row) => (
        <div className="row">
          <Link to={`/why?ref=${encodeURIComponent(`user:${row.user}`)}`}>{t('nav.why')}</Link>
          <GatedButton scope="directory:write" size="small" onClick={() => onEdit(row)}>
            {t('people.edit')}
          </GatedButton>
          <GatedButton scope="directory:write" size="small" danger onClick={() => onDelete(row)}>
            {t('people.delete')}
          </GatedButton>
        </div>
      ),
    },
  ];
}

function Identity({ of }: { readonly of: Person['identities'][number] }): ReactNode {
  const t = useText();
  const label = useLabel();
  const { data: channels } = useChannels();
  const { family, providerUserId, staleAt, staleReason, source } = of;
  const known = channels?.find((channel) => channel.family === family);
  return (
    <div className="row-tight small">
      <Tooltip title={staleReason ?? t('directory.source', { source })}>
        <span className="muted">{known ? label(known.familyLabel) : family}</span>{' '}
        <span className="mono">{providerUserId}</span>
      </Tooltip>
      {staleAt !== null && <ToneTag tone="danger">{t('directory.stale')}</ToneTag>}
    </div>
  );
}
