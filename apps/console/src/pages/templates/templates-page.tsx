import { Button, Input } from 'antd';
import { PlusOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { useChannelLabel } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { TemplateSummary } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { GatedButton } from '../../ui/gate.js';
import { Moment } from '../../ui/moment.js';
import { PageHead } from '../../ui/page-head.js';
import { ToneTag } from '../../ui/status-tag.js';

export default function TemplatesPage(): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const address = useAddress();
  const channelLabel = useChannelLabel();
  const q = address.get('q');
  const pages = usePages<TemplateSummary>(['templates', q], (cursor) => {
    const query = { ...(q !== '' && { q }), ...(cursor !== undefined && { cursor }) };
    return bodyOf(api.GET('/v1/templates', { params: { query } }));
  });
  const columns: readonly Column<TemplateSummary>[] = [
    {
      id: 'name',
      title: t('templates.name'),
      isCut: true,
      render: ({ code, name }) => (
        <>
          <Link to={`/templates/${code}`}>{name}</Link>
          <div className="mono muted">{code}</div>
        </>
      ),
    },
    {
      id: 'channels',
      title: t('messages.channel'),
      isCut: true,
      render: ({ channels }) => channels.map(channelLabel).join(' · '),
    },
    { id: 'version', title: t('templates.version'), render: (row) => <Version template={row} /> },
    {
      id: 'enabled',
      title: t('messages.status'),
      render: ({ enabled }) => (
        <ToneTag tone={enabled ? 'ok' : 'withdrawn'}>{t(enabled ? 'templates.enabled' : 'templates.disabled')}</ToneTag>
      ),
    },
    { id: 'changed', title: t('templates.changed'), render: ({ updatedAt }) => <Moment at={updatedAt} /> },
    {
      id: 'act',
      title: t('list.actions'),
      render: ({ code }) => (
        <Button size="small" onClick={() => address.set({ send: code })}>
          {t('send.open')}
        </Button>
      ),
    },
  ];
  return (
    <div className="page">
      <PageHead title={t('nav.templates')} lead={t('templates.lead')}>
        <Input.Search
          allowClear
          key={q}
          defaultValue={q}
          placeholder={t('templates.find')}
          aria-label={t('templates.find')}
          onSearch={(text) => address.set({ q: text.trim() })}
          style={{ width: 240 }}
        />
        <GatedButton
          scope="templates:write"
          type="primary"
          icon={<PlusOutlined />}
          onClick={() => void navigate('/templates/new')}
        >
          {t('templates.new')}
        </GatedButton>
      </PageHead>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('nav.templates')}
        columns={columns}
        rows={pages.rows}
        keyOf={({ code }) => code}
        onOpen={({ code }) => void navigate(`/templates/${code}`)}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t(q === '' ? 'templates.none' : 'templates.noneFit')}
      />
    </div>
  );
}

function Version({ template }: { readonly template: TemplateSummary }): ReactNode {
  const t = useText();
  const { latestVersion, publishedVersion } = template;
  if (publishedVersion === null) return <ToneTag tone="partial">{t('templates.draftOnly')}</ToneTag>;
  return (
    <>
      v{publishedVersion}
      {latestVersion > publishedVersion && (
        <span className="muted"> · {t('templates.draft', { version: latestVersion })}</span>
      )}
    </>
  );
}
