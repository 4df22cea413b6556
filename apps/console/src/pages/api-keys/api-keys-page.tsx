import { PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { ApiKey } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { GatedButton } from '../../ui/gate.js';
import { Moment } from '../../ui/moment.js';
import { PageHead } from '../../ui/page-head.js';
import { SecretDialog } from '../../ui/secret-dialog.js';
import { ToneTag } from '../../ui/status-tag.js';
import { NewKeyDialog } from './new-key-dialog.js';
import { PRESET_SCOPES } from './preset-scopes.js';

export default function ApiKeysPage(): ReactNode {
  const t = useText();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Confirmation>();
  const [isNew, setNew] = useState(false);
  const [key, setKey] = useState<string>();
  const pages = usePages<ApiKey>(['api-keys'], (cursor) =>
    bodyOf(api.GET('/v1/api-keys', { params: { query: { ...(cursor && { cursor }) } } })),
  );
  const reload = (): Promise<void> => client.invalidateQueries({ queryKey: ['api-keys'] });
  const revoke = ({ id, name }: ApiKey): Confirmation => ({
    title: t('keys.revokeTitle', { name }),
    body: t('keys.revokeBody'),
    verb: t('keys.revoke'),
    isDanger: true,
    typed: name,
    act: async () => {
      await api.DELETE('/v1/api-keys/{id}', { params: { path: { id } } });
      await reload();
    },
  });
  const rotate = ({ id, name }: ApiKey): Confirmation => ({
    title: t('keys.rotateTitle', { name }),
    body: t('keys.rotateBody'),
    verb: t('keys.rotate'),
    act: async () => {
      const { data } = await api.POST('/v1/api-keys/{id}/rotate', { params: { path: { id } }, body: {} });
      setKey((data as { readonly key?: string } | undefined)?.key);
      await reload();
    },
  });
  const columns = useColumns({ onRotate: (row) => setAsked(rotate(row)), onRevoke: (row) => setAsked(revoke(row)) });
  return (
    <div className="page">
      <PageHead title={t('nav.apiKeys')} lead={t('keys.lead')}>
        <GatedButton scope="keys:write" type="primary" icon={<PlusOutlined />} onClick={() => setNew(true)}>
          {t('keys.new')}
        </GatedButton>
      </PageHead>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('nav.apiKeys')}
        columns={columns}
        rows={pages.rows}
        keyOf={({ id }) => id}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('keys.none')}
      />
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
      {isNew && (
        <NewKeyDialog
          onClose={() => setNew(false)}
          onMade={(made) => {
            setNew(false);
            setKey(made);
            void reload();
          }}
        />
      )}
      {key !== undefined && <SecretDialog title={t('keys.shownTitle')} value={key} onClose={() => setKey(undefined)} />}
    </div>
  );
}

interface KeyActions {
  readonly onRotate: (row: ApiKey) => void;
  readonly onRevoke: (row: ApiKey) => void;
}

function useColumns({ onRotate, onRevoke }: KeyActions): readonly Column<ApiKey>[] {
  const t = useText();
  return [
    {
      id: 'name',
      title: t('keys.name'),
      render: ({ name, prefix }) => (
        <>
          <b>{name}</b> <span className="mono muted">{prefix}…</span>
        </>
      ),
    },
    { id: 'caller', title: t('dead.caller'), render: ({ caller }) => caller },
    {
      id: 'preset',
      title: t('keys.preset'),
      isCut: true,
      render: ({ preset, scopes }) => (
        <>
          {preset}
          {scopes.length < PRESET_SCOPES[preset].length && <div className="small muted">{scopes.join(', ')}</div>}
        </>
      ),
    },
    {
      id: 'templates',
      title: t('keys.templates'),
      isCut: true,
      render: ({ templates }) => templates?.join(', ') ?? t('keys.all'),
    },
    {
      id: 'accounts',
      title: t('keys.accounts'),
      isCut: true,
      render: ({ accounts }) => accounts?.join(', ') ?? t('keys.all'),
    },
    {
      id: 'ip',
      title: t('keys.ip'),
      isCut: true,
      render: ({ ipRanges }) => ipRanges?.join(', ') ?? t('keys.anywhere'),
    },
    {
      id: 'used',
      title: t('keys.lastUsed'),
      render: ({ lastUsedAt }) => (lastUsedAt === null ? t('keys.unused') : <Moment at={lastUsedAt} />),
    },
    {
      id: 'expires',
      title: t('keys.expires'),
      render: ({ expiresAt }) => <Expiry at={expiresAt} />,
    },
    {
      id: 'act',
      title: t('list.actions'),
      render: (row) => (
        <div className="row">
          <GatedButton scope="keys:write" size="small" onClick={() => onRotate(row)}>
            {t('keys.rotate')}
          </GatedButton>
          <GatedButton scope="keys:write" size="small" danger onClick={() => onRevoke(row)}>
            {t('keys.revoke')}
          </GatedButton>
        </div>
      ),
    },
  ];
}

const SOON_DAYS = 14;
const DAY_MS = 86_400_000;

/** A key without an end is a risk, and one close to it a breakdown to come. */
function Expiry({ at }: { readonly at: string | null }): ReactNode {
  const t = useText();
  if (at === null) return <ToneTag tone="partial">{t('keys.never')}</ToneTag>;
  const days = Math.ceil((Date.parse(at) - Date.now()) / DAY_MS);
  return (
    <>
      <Moment at={at} />
      {days <= 0 && <ToneTag tone="withdrawn">{t('keys.expired')}</ToneTag>}
      {days > 0 && days <= SOON_DAYS && <ToneTag tone="partial">{t('keys.expiresSoon', { days })}</ToneTag>}
    </>
  );
}
