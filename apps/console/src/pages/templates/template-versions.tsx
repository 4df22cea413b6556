import { useQueryClient } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { TemplateVersion } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { ContentPreview } from '../../ui/content-preview.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { GatedButton } from '../../ui/gate.js';
import { Moment } from '../../ui/moment.js';
import { ToneTag } from '../../ui/status-tag.js';

interface VersionsProps {
  readonly code: string;
  readonly published: number | null;
}

/** What was saved and published when; an old version can be published again. */
export function TemplateVersions({ code, published }: VersionsProps): ReactNode {
  const t = useText();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Confirmation>();
  const [shown, setShown] = useState<number>();
  const pages = usePages<TemplateVersion>(['template-versions', code], (cursor) =>
    bodyOf(
      api.GET('/v1/templates/{code}/versions', { params: { path: { code }, query: { ...(cursor && { cursor }) } } }),
    ),
  );
  const askPublish = (version: number): void =>
    setAsked({
      title: t('publish.title', { name: code, version }),
      body: t('publish.body'),
      verb: t('publish.verb', { version }),
      act: async () => {
        await api.POST('/v1/templates/{code}/versions/{version}/publish', {
          params: { path: { code, version: String(version) } },
        });
        await client.invalidateQueries({ queryKey: ['template', code] });
        await client.invalidateQueries({ queryKey: ['template-versions', code] });
      },
    });
  const columns: readonly Column<TemplateVersion>[] = [
    {
      id: 'version',
      title: t('templates.version'),
      render: ({ version }) => (
        <button type="button" className="chip" onClick={() => setShown(version)}>
          v{version}
        </button>
      ),
    },
    { id: 'name', title: t('templates.name'), isCut: true, render: ({ name }) => name },
    { id: 'saved', title: t('versions.saved'), render: ({ createdAt }) => <Moment at={createdAt} /> },
    {
      id: 'published',
      title: t('versions.published'),
      render: ({ version, publishedAt }) =>
        version === published ? <ToneTag tone="ok">{t('versions.inUse')}</ToneTag> : <Moment at={publishedAt} />,
    },
    {
      id: 'act',
      title: t('list.actions'),
      render: ({ version }) =>
        version !== published && (
          <GatedButton scope="templates:write" onClick={() => askPublish(version)}>
            {t('publish.open', { version })}
          </GatedButton>
        ),
    },
  ];
  return (
    <>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('templates.tabVersions')}
        columns={columns}
        rows={pages.rows}
        keyOf={({ version }) => String(version)}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('versions.none')}
      />
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
      <Drawer
        open={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={`${code} v${shown ?? ''}`}
        size={560}
      >
        {shown !== undefined && <VersionShown code={code} version={shown} />}
      </Drawer>
    </>
  );
}

function VersionShown({ code, version }: { readonly code: string; readonly version: number }): ReactNode {
  const { data, error } = useQuery({
    queryKey: ['template-version', code, version],
    queryFn: () =>
      bodyOf(
        api.GET('/v1/templates/{code}/versions/{version}', { params: { path: { code, version: String(version) } } }),
      ),
  });
  if (error !== null) return <FaultArea error={error} />;
  return (
    <div className="stack">
      {data?.routes.map((route, index) => (
        <ContentPreview key={index} channel={route.channel} content={route.content} />
      ))}
    </div>
  );
}
