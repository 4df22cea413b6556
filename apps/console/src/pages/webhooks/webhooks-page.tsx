import { PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { Webhook } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { GatedButton } from '../../ui/gate.js';
import { Moment } from '../../ui/moment.js';
import { PageHead } from '../../ui/page-head.js';
import { SecretDialog } from '../../ui/secret-dialog.js';
import { WebhookForm } from './webhook-form.js';
import { WebhookState } from './webhook-state.js';

const LIVE_MS = 10_000;

/** Which business systems are told what, and whether it comes through. */
export default function WebhooksPage(): ReactNode {
  const t = useText();
  const client = useQueryClient();
  const [isNew, setNew] = useState(false);
  const [secret, setSecret] = useState<string>();
  const columns = useColumns();
  const pages = usePages<Webhook>(
    ['webhooks'],
    (cursor) => bodyOf(api.GET('/v1/webhooks', { params: { query: { ...(cursor && { cursor }) } } })),
    { refetchMs: LIVE_MS },
  );
  const made = (shown: string | undefined): void => {
    setNew(false);
    setSecret(shown);
    void client.invalidateQueries({ queryKey: ['webhooks'] });
  };
  return (
    <div className="page">
      <PageHead title={t('nav.webhooks')} lead={t('webhooks.lead')}>
        <GatedButton scope="webhooks:write" type="primary" icon={<PlusOutlined />} onClick={() => setNew(true)}>
          {t('webhooks.new')}
        </GatedButton>
      </PageHead>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('nav.webhooks')}
        columns={columns}
        rows={pages.rows}
        keyOf={({ id }) => id}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('webhooks.none')}
      />
      {isNew && <WebhookForm onClose={() => setNew(false)} onSaved={made} />}
      {secret !== undefined && (
        <SecretDialog title={t('webhooks.secretTitle')} value={secret} onClose={() => setSecret(undefined)}>
          {t('webhooks.secretFor')}
        </SecretDialog>
      )}
    </div>
  );
}

function useColumns(): readonly Column<Webhook>[] {
  const t = useText();
  return [
    {
      id: 'name',
      title: t('webhooks.name'),
      isCut: true,
      render: ({ id, name, url }) => (
        <>
          <Link to={`/webhooks/${id}`}>{name}</Link>
          <div className="small muted mono">{new URL(url).host}</div>
        </>
      ),
    },
    { id: 'state', title: t('messages.status'), render: (row) => <WebhookState of={row} /> },
    {
      id: 'events',
      title: t('webhooks.events'),
      isCut: true,
      render: ({ events }) =>
        events.length === 0 ? t('webhooks.allEvents') : events.map((event) => t(`event.${event}`)).join(' · '),
    },
    { id: 'success', title: t('webhooks.lastSuccess'), render: ({ lastSuccessAt }) => <Moment at={lastSuccessAt} /> },
    { id: 'failing', title: t('webhooks.failingSince'), render: ({ failingSince }) => <Moment at={failingSince} /> },
    { id: 'waiting', title: t('webhooks.waiting'), align: 'right', render: ({ waiting }) => count(waiting) },
    {
      id: 'failed',
      title: t('webhooks.failed'),
      align: 'right',
      render: ({ failed, id }) =>
        failed === 0 ? '0' : <Link to={`/webhooks/${id}?status=failed&from=-30d`}>{count(failed)}</Link>,
    },
  ];
}
