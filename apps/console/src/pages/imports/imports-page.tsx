import { PlusOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { Import } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { GatedButton } from '../../ui/gate.js';
import { Moment } from '../../ui/moment.js';
import { PageHead } from '../../ui/page-head.js';
import { ToneTag } from '../../ui/status-tag.js';
import { ImportProgress, ImportStatus } from './import-progress.js';

const LIVE_MS = 5_000;

/** Files of recipients, newest first. */
export default function ImportsPage(): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const pages = usePages<Import>(
    ['imports'],
    (cursor) => bodyOf(api.GET('/v1/imports', { params: { query: { ...(cursor !== undefined && { cursor }) } } })),
    { refetchMs: LIVE_MS },
  );
  const columns: readonly Column<Import>[] = [
    { id: 'time', title: t('messages.time'), render: ({ createdAt }) => <Moment at={createdAt} /> },
    {
      id: 'file',
      title: t('imports.file'),
      isCut: true,
      render: ({ id, fileName, dryRun }) => (
        <>
          <Link to={`/imports/${id}`}>{fileName ?? id}</Link>{' '}
          {dryRun && <ToneTag tone="neutral">{t('imports.dryRun')}</ToneTag>}
        </>
      ),
    },
    {
      id: 'template',
      title: t('messages.template'),
      isCut: true,
      render: ({ template, templateVersion }) => (
        <>
          {template} <span className="muted">v{templateVersion}</span>
        </>
      ),
    },
    { id: 'status', title: t('messages.status'), render: ({ status }) => <ImportStatus status={status} /> },
    { id: 'progress', title: t('recalls.progress'), render: (row) => <ImportProgress of={row} /> },
    { id: 'rows', title: t('imports.rows'), align: 'right', render: ({ counts }) => count(counts.rows) },
    { id: 'faulty', title: t('imports.faulty'), align: 'right', render: ({ counts }) => count(counts.faulty) },
    { id: 'who', title: t('recalls.by'), isCut: true, render: ({ actor }) => actor },
  ];
  return (
    <div className="page">
      <PageHead title={t('nav.imports')} lead={t('imports.lead')}>
        <GatedButton
          scope="imports:write"
          type="primary"
          icon={<PlusOutlined />}
          onClick={() => void navigate('/imports/new')}
        >
          {t('imports.new')}
        </GatedButton>
      </PageHead>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('nav.imports')}
        columns={columns}
        rows={pages.rows}
        keyOf={({ id }) => id}
        onOpen={({ id }) => void navigate(`/imports/${id}`)}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('imports.none')}
      />
    </div>
  );
}
