import { UploadOutlined } from '@ant-design/icons';
import { Button, Form, Select, Upload } from 'antd';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useTemplates } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import type { Import } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { GatedButton } from '../../ui/gate.js';
import { PageHead } from '../../ui/page-head.js';
import { ImportReport } from './import-report.js';
import { useImport } from './use-import.js';

const PRIORITIES = ['normal', 'low', 'high'] as const;

interface Chosen {
  readonly template?: string;
  readonly priority: (typeof PRIORITIES)[number];
  readonly file?: File;
}

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function upload({ file, priority, template }: Chosen, isDryRun: boolean): Promise<Import> {
  if (!file || template === undefined) throw new Error('No file or no template was chosen');
  const query = { template, priority, fileName: file.name, dryRun: isDryRun ? ('true' as const) : ('false' as const) };
  const isWorkbook = file.name.toLowerCase().endsWith('.xlsx');
  return bodyOf(
    api.POST('/v1/messages/import', {
      params: { query },
      body: '',
      bodySerializer: () => file,
      headers: { 'content-type': isWorkbook ? WORKBOOK : 'text/csv' },
    }),
  );
}

/** A file of recipients: checked first, sent when somebody has seen what it would do. */
export default function NewImportPage(): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<Chosen>({ priority: 'normal' });
  const [checkId, setCheckId] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [asked, setAsked] = useState<Confirmation>();
  const { data: check } = useImport(checkId);
  const choose = (change: Partial<Chosen>): void => {
    setChosen({ ...chosen, ...change });
    setCheckId(undefined);
  };
  const checkFile = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      setCheckId((await upload(chosen, true)).id);
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const ready = check?.counts.ready ?? 0;
  const start: Confirmation = {
    title: t('imports.startTitle'),
    body: t('imports.startBody', {
      people: count(ready),
      calls: count(check?.providerCalls ?? 0),
      faulty: count((check?.counts.faulty ?? 0) + (check?.counts.duplicate ?? 0)),
    }),
    verb: t('imports.startVerb', { count: count(ready) }),
    act: async () => {
      const { id } = await upload(chosen, false);
      void navigate(`/imports/${id}`);
    },
  };
  return (
    <div className="page">
      <PageHead title={t('imports.new')} lead={t('imports.newLead')} />
      <section className="card">
        <ImportForm chosen={chosen} onChoose={choose} />
        <div className="row">
          <Button
            type={check ? 'default' : 'primary'}
            loading={isBusy}
            disabled={!chosen.file || chosen.template === undefined}
            onClick={() => void checkFile()}
          >
            {t('imports.check')}
          </Button>
          {check?.status === 'checked' && (
            <GatedButton scope="imports:write" type="primary" disabled={ready === 0} onClick={() => setAsked(start)}>
              {t('imports.start')}
            </GatedButton>
          )}
        </div>
        {error !== undefined && <FaultArea error={error} />}
      </section>
      {check && <ImportReport of={check} />}
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
    </div>
  );
}

interface FormProps {
  readonly chosen: Chosen;
  readonly onChoose: (change: Partial<Chosen>) => void;
}

function ImportForm({ chosen, onChoose }: FormProps): ReactNode {
  const t = useText();
  const { data: templates } = useTemplates();
  const published = (templates ?? []).filter(({ publishedVersion }) => publishedVersion !== null);
  return (
    <Form layout="vertical">
      <Form.Item label={t('imports.file')} extra={t('imports.fileLead')}>
        <Upload
          accept=".csv,.xlsx"
          maxCount={1}
          beforeUpload={(file) => {
            onChoose({ file });
            return false;
          }}
          showUploadList={false}
        >
          <Button icon={<UploadOutlined />}>{chosen.file?.name ?? t('imports.choose')}</Button>
        </Upload>
      </Form.Item>
      <Form.Item label={t('messages.template')} htmlFor="import-template">
        <Select
          id="import-template"
          showSearch={{ optionFilterProp: 'label' }}
          value={chosen.template ?? null}
          onChange={(template: string) => onChoose({ template })}
          options={published.map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))}
          style={{ maxWidth: 480 }}
        />
      </Form.Item>
      <Form.Item label={t('lines.priority')} htmlFor="import-priority">
        <Select
          id="import-priority"
          value={chosen.priority}
          onChange={(priority: Chosen['priority']) => onChoose({ priority })}
          options={PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))}
          style={{ maxWidth: 240 }}
        />
      </Form.Item>
    </Form>
  );
}
