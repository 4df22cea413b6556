import { Form, Tabs } from 'antd';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Template } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { PageHead } from '../../ui/page-head.js';
import { ToneTag } from '../../ui/status-tag.js';
import { FRESH, editable, placeholdersOf, toSave, type Draft, type Loaded, type Samples } from './draft.js';
import { SaveButton } from './save-button.js';
import { TemplateActions } from './template-actions.js';
import { TemplateForm } from './template-form.js';
import { TemplatePreview } from './template-preview.js';
import { TemplateVersions } from './template-versions.js';
import { useDraftCheck } from './use-draft-check.js';

const NO_SAMPLES: Samples = { typical: {}, longest: {} };

/** By code of the template: a save makes a new editor, and the values to look at it with stay. */
const remembered = new Map<string, Samples>();

export function TemplateEditor({ loaded }: { readonly loaded?: Loaded }): ReactNode {
  const t = useText();
  const address = useAddress();
  const [form] = Form.useForm<Draft>();
  const [initial] = useState<Draft>(() => (loaded ? editable(loaded.template) : FRESH));
  const [values, setValues] = useState<Draft>(initial);
  const [samples, setSamples] = useState<Samples>(() => remembered.get(loaded?.template.code ?? '') ?? NO_SAMPLES);
  const [isDirty, setDirty] = useState(!loaded);
  const [error, setError] = useState<unknown>();
  const draft = useMemo(() => toSave(values), [values]);
  const check = useDraftCheck(draft, samples);
  const template = loaded?.template;
  useWarning(isDirty && loaded !== undefined);
  const change = (changed: Draft): void => {
    // A fresh object each time: the form keeps changing its own.
    setValues(structuredClone(changed));
    setDirty(true);
  };
  const sample = (changed: Samples): void => {
    if (template) remembered.set(template.code, changed);
    setSamples(changed);
  };
  const restore = (old: Template): void => {
    form.setFieldsValue(editable(old));
    change(form.getFieldsValue(true) as Draft);
    address.set({ tab: undefined });
  };
  const faults = check.problems.filter(({ level }) => level === 'fault').length;
  const editor = (
    <div className="editor">
      <TemplateForm
        form={form}
        initial={initial}
        isNew={!loaded}
        checks={check.fields}
        placeholders={placeholdersOf(draft.routes)}
        onChange={change}
      />
      <TemplatePreview draft={draft} check={check} samples={samples} onSamples={sample} />
    </div>
  );
  return (
    <div className="page">
      <PageHead title={template?.name ?? t('templates.new')} lead={<Link to="/templates">{t('nav.templates')}</Link>}>
        {template && <Marks template={template} isDirty={isDirty} />}
        <SaveButton
          form={form}
          draft={draft}
          loaded={loaded}
          isDirty={isDirty}
          onSaved={() => setDirty(false)}
          onError={setError}
        />
        {template && (
          <TemplateActions template={template} isDirty={isDirty} faults={check.isSettled ? faults : undefined} />
        )}
      </PageHead>
      {error !== undefined && <FaultArea error={error} />}
      <Tabs
        activeKey={address.get('tab') || 'edit'}
        onChange={(tab) => address.set({ tab: tab === 'edit' ? undefined : tab, compare: undefined })}
        items={[
          { key: 'edit', label: t('templates.tabEdit'), children: editor },
          ...(template
            ? [
                {
                  key: 'versions',
                  label: t('templates.tabVersions'),
                  children: <TemplateVersions template={template} onRestore={restore} />,
                },
              ]
            : []),
        ]}
      />
    </div>
  );
}

/** Before the page is left with something unsaved. */
function useWarning(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isDirty]);
}

function Marks({ template, isDirty }: { readonly template: Template; readonly isDirty: boolean }): ReactNode {
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
      {isDirty && <ToneTag tone="partial">{t('templates.changedNow')}</ToneTag>}
    </>
  );
}
