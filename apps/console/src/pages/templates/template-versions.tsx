import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { Template, TemplateVersion } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { ContentPreview } from '../../ui/content-preview.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { GatedButton } from '../../ui/gate.js';
import { Moment } from '../../ui/moment.js';
import { ToneTag } from '../../ui/status-tag.js';
import { usePublish } from './use-publish.js';
import { VersionDiff } from './version-diff.js';

interface VersionsProps {
  readonly template: Template;
  readonly onRestore: (old: Template) => void;
}

const versionOf = async (code: string, version: number): Promise<Template> => {
  const path = { code, version: String(version) };
  return bodyOf(api.GET('/v1/templates/{code}/versions/{version}', { params: { path } }));
};

/** What was saved and published when, what changed in between, and the way back. */
export function TemplateVersions({ template, onRestore }: VersionsProps): ReactNode {
  const t = useText();
  const publish = usePublish(template);
  const { code, publishedVersion: published } = template;
  const [asked, setAsked] = useState<Confirmation>();
  const [shown, setShown] = useState<number>();
  const pages = usePages<TemplateVersion>(['template-versions', code], (cursor) =>
    bodyOf(
      api.GET('/v1/templates/{code}/versions', { params: { path: { code }, query: { ...(cursor && { cursor }) } } }),
    ),
  );
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
    { id: 'by', title: t('versions.by'), isCut: true, render: ({ createdBy }) => createdBy },
    {
      id: 'published',
      title: t('versions.published'),
      render: ({ version, publishedAt }) =>
        version === published ? <ToneTag tone="ok">{t('versions.inUse')}</ToneTag> : <Moment at={publishedAt} />,
    },
    {
      id: 'act',
      title: t('list.actions'),
      render: ({ version }) => (
        <div className="row">
          <GatedButton
            scope="templates:write"
            size="small"
            onClick={() => void versionOf(code, version).then(onRestore)}
          >
            {t('versions.restore')}
          </GatedButton>
          {version !== published && (
            <GatedButton scope="templates:write" size="small" onClick={() => setAsked(publish(version))}>
              {t(published !== null && version < published ? 'versions.rollBack' : 'publish.open', { version })}
            </GatedButton>
          )}
        </div>
      ),
    },
  ];
  return (
    <>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <Comparison template={template} versions={pages.rows} />
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

interface ComparisonProps {
  readonly template: Template;
  readonly versions: readonly TemplateVersion[];
}

/** Any two versions; the address says which. */
function Comparison({ template, versions }: ComparisonProps): ReactNode {
  const t = useText();
  const address = useAddress();
  const { code, latestVersion, publishedVersion } = template;
  const [, left, right] = /^(\d+)\.\.(\d+)$/.exec(address.get('compare')) ?? [];
  const isOpen = left !== undefined && right !== undefined;
  const before = Number(left ?? publishedVersion ?? Math.max(1, latestVersion - 1));
  const after = Number(right ?? latestVersion);
  const options = versions.map(({ version }) => ({ value: version, label: `v${version}` }));
  const compare = (from: number, to: number): void => address.set({ compare: `${from}..${to}` });
  if (latestVersion < 2) return null;
  return (
    <section className="card stack filters" aria-label={t('diff.title')}>
      <div className="row">
        <span className="strong">{t('diff.title')}</span>
        <Select
          size="small"
          aria-label={t('diff.before')}
          value={before}
          options={options}
          onChange={(value) => compare(value, after)}
          style={{ width: 90 }}
        />
        <span aria-hidden>→</span>
        <Select
          size="small"
          aria-label={t('diff.after')}
          value={after}
          options={options}
          onChange={(value) => compare(before, value)}
          style={{ width: 90 }}
        />
        <Button size="small" onClick={() => (isOpen ? address.set({ compare: undefined }) : compare(before, after))}>
          {t(isOpen ? 'diff.close' : 'diff.open')}
        </Button>
      </div>
      {isOpen && <VersionDiff code={code} before={before} after={after} />}
    </section>
  );
}

function VersionShown({ code, version }: { readonly code: string; readonly version: number }): ReactNode {
  const { data, error } = useQuery({
    queryKey: ['template-version', code, version],
    queryFn: () => versionOf(code, version),
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
