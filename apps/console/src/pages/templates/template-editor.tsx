import { useQueryClient } from '@tanstack/react-query';
import { App, Form, Tabs } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api } from '../../api/client.js';
import type { NewTemplate, Template } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { cleanValues } from '../../ui/clean-values.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { FaultArea } from '../../ui/fault-area.js';
import { showFaults } from '../../ui/form-faults.js';
import { GatedButton, useMay } from '../../ui/gate.js';
import { PageHead } from '../../ui/page-head.js';
import { ToneTag } from '../../ui/status-tag.js';
import { TemplateForm } from './template-form.js';
import { TemplatePreview } from './template-preview.js';
import { TemplateVersions } from './template-versions.js';

export interface Loaded {
  readonly template: Template;
  readonly tag: string | undefined;
}

/** Facts of the server that are no part of what is saved. */
const SERVER_FIELDS = ['version', 'latestVersion', 'publishedVersion', 'createdAt', 'updatedAt', 'enabled'];

const FRESH: Partial<NewTemplate> = { strategy: 'first', variables: [], routes: [{ channel: '' }], ttlSeconds: 86_400 };

function editable(template: Template): Partial<NewTemplate> {
  const entries = Object.entries(template).filter(([name]) => !SERVER_FIELDS.includes(name));
  return Object.fromEntries(entries);
}

function toSave(values: unknown): NewTemplate {
  return { variables: [], ...(cleanValues(values) as NewTemplate) };
}

export function TemplateEditor({ loaded }: { readonly loaded?: Loaded }): ReactNode {
  const t = useText();
  const address = useAddress();
  const [form] = Form.useForm<NewTemplate>();
  const initial = loaded ? editable(loaded.template) : FRESH;
  const [draft, setDraft] = useState<NewTemplate>(() => toSave(initial));
  const [isDirty, setDirty] = useState(!loaded);
  const [error, setError] = useState<unknown>();
  const template = loaded?.template;
  useEffect(() => {
    if (!isDirty || !loaded) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isDirty, loaded]);
  return (
    <div className="page">
      <PageHead title={template?.name ?? t('templates.new')} lead={<Link to="/templates">{t('nav.templates')}</Link>}>
        {template && <Marks template={template} />}
        <Save
          form={form}
          draft={draft}
          loaded={loaded}
          isDirty={isDirty}
          onSaved={() => setDirty(false)}
          onError={setError}
        />
        {template && <Publish template={template} isDirty={isDirty} />}
      </PageHead>
      {error !== undefined && <FaultArea error={error} />}
      <Tabs
        activeKey={address.get('tab') || 'edit'}
        onChange={(tab) => address.set({ tab: tab === 'edit' ? undefined : tab })}
        items={[
          {
            key: 'edit',
            label: t('templates.tabEdit'),
            children: (
              <div className="columns wide-left">
                <TemplateForm
                  form={form}
                  initial={initial}
                  isNew={!loaded}
                  onChange={(values) => {
                    setDraft(toSave(values));
                    setDirty(true);
                  }}
                />
                <TemplatePreview draft={draft} />
              </div>
            ),
          },
          ...(template
            ? [
                {
                  key: 'versions',
                  label: t('templates.tabVersions'),
                  children: <TemplateVersions code={template.code} published={template.publishedVersion} />,
                },
              ]
            : []),
        ]}
      />
    </div>
  );
}

function Marks({ template }: { readonly template: Template }): ReactNode {
  const t = useText();
  const { publishedVersion, version, enabled } = template;
  return (
    <>
      {enabled === false && <ToneTag tone="withdrawn">{t('templates.disabled')}</ToneTag>}
      {publishedVersion === null ? (
        <ToneTag tone="partial">{t('templates.draftOnly')}</ToneTag>
      ) : (
        <ToneTag tone="ok">{t('templates.published', { version: publishedVersion })}</ToneTag>
      )}
      {publishedVersion !== version && <ToneTag tone="neutral">{t('templates.draft', { version })}</ToneTag>}
    </>
  );
}

interface SaveProps {
  readonly form: ReturnType<typeof Form.useForm<NewTemplate>>[0];
  readonly draft: NewTemplate;
  readonly loaded: Loaded | undefined;
  readonly isDirty: boolean;
  readonly onSaved: () => void;
  readonly onError: (error: unknown) => void;
}

function Save({ form, draft, loaded, isDirty, onSaved, onError }: SaveProps): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message: notice } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    onError(undefined);
    try {
      if (loaded) {
        const headers = loaded.tag === undefined ? {} : { 'if-match': loaded.tag };
        await api.PUT('/v1/templates/{code}', { params: { path: { code: draft.code } }, body: draft, headers });
      } else await api.POST('/v1/templates', { body: draft });
      onSaved();
      void notice.success(t('templates.saved'));
      await client.invalidateQueries({ queryKey: ['templates'] });
      await client.invalidateQueries({ queryKey: ['template', draft.code] });
      await client.invalidateQueries({ queryKey: ['template-versions', draft.code] });
      if (!loaded) void navigate(`/templates/${draft.code}`);
    } catch (refusal) {
      showFaults(form, refusal);
      onError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <GatedButton scope="templates:write" disabled={!isDirty} loading={isBusy} onClick={() => void save()}>
      {t('templates.save')}
    </GatedButton>
  );
}

function Publish({ template, isDirty }: { readonly template: Template; readonly isDirty: boolean }): ReactNode {
  const t = useText();
  const may = useMay();
  const client = useQueryClient();
  const address = useAddress();
  const [asked, setAsked] = useState<Confirmation>();
  const { code, version, publishedVersion, enabled } = template;
  const reload = async (): Promise<void> => {
    for (const key of [['template', code], ['templates'], ['template-versions', code]])
      await client.invalidateQueries({ queryKey: key });
  };
  const publish: Confirmation = {
    title: t('publish.title', { name: template.name, version }),
    body: t('publish.body'),
    verb: t('publish.verb', { version }),
    act: async () => {
      await api.POST('/v1/templates/{code}/versions/{version}/publish', {
        params: { path: { code, version: String(version) } },
      });
      await reload();
    },
  };
  const toggle: Confirmation = {
    title: t(enabled === false ? 'enable.title' : 'disable.title', { name: template.name }),
    body: t(enabled === false ? 'enable.body' : 'disable.body'),
    verb: t(enabled === false ? 'enable.verb' : 'disable.verb'),
    isDanger: enabled !== false,
    ...(enabled !== false && { reasonLength: 4 }),
    act: async (reason) => {
      const params = { path: { code } };
      if (enabled === false) await api.POST('/v1/templates/{code}/enable', { params });
      else await api.POST('/v1/templates/{code}/disable', { params, body: { reason } });
      await reload();
    },
  };
  return (
    <>
      <GatedButton scope="templates:write" onClick={() => setAsked(toggle)}>
        {t(enabled === false ? 'enable.open' : 'disable.open')}
      </GatedButton>
      {may('messages:send') && (
        <GatedButton scope="messages:send" onClick={() => address.set({ send: code })}>
          {t('send.title')}
        </GatedButton>
      )}
      <GatedButton
        scope="templates:write"
        type="primary"
        disabled={isDirty || publishedVersion === version}
        onClick={() => setAsked(publish)}
      >
        {t('publish.open', { version })}
      </GatedButton>
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
    </>
  );
}
