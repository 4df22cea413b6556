import { UploadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Checkbox, Modal, Upload, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, bodyOf } from '../../api/client.js';
import type { PeopleReport } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { GatedButton } from '../../ui/gate.js';

const SHOWN = 10;

interface Wish {
  readonly file: File;
  readonly removesMissing: boolean;
}

function upload({ file, removesMissing }: Wish, dryRun: boolean): Promise<PeopleReport> {
  const form = new FormData();
  form.append('file', file);
  const query = { dryRun, missing: removesMissing ? ('deactivate' as const) : ('keep' as const) };
  return bodyOf(api.POST('/v1/people/import', { params: { query }, body: { file: '' }, bodySerializer: () => form }));
}

/** A table of people: what it would change is shown before it does. */
export function PeopleImportButton(): ReactNode {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <GatedButton scope="directory:write" icon={<UploadOutlined />} onClick={() => setOpen(true)}>
        {t('people.import')}
      </GatedButton>
      {isOpen && <ImportDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function ImportDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useText();
  const client = useQueryClient();
  const { message: notice } = App.useApp();
  const [wish, setWish] = useState<Wish>();
  const [removesMissing, setRemovesMissing] = useState(false);
  const [report, setReport] = useState<PeopleReport>();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async (next: Wish, dryRun: boolean): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const told = await upload(next, dryRun);
      setReport(told);
      if (dryRun) return;
      void notice.success(t('people.done', { count: count(told.added + told.changed + told.deactivated) }));
      void client.invalidateQueries({ queryKey: ['people'] });
      onClose();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const look = (next: Wish): void => {
    setWish(next);
    setReport(undefined);
    void run(next, true);
  };
  const changes = report ? report.added + report.changed + report.deactivated : 0;
  return (
    <Modal
      open
      title={t('people.import')}
      onCancel={onClose}
      onOk={() => wish && void run(wish, false)}
      okText={t('people.verb', { count: count(changes) })}
      cancelText={t('action.cancel')}
      okButtonProps={{
        disabled: changes === 0,
        loading: isBusy,
        danger: (report?.deactivated ?? 0) > 0,
      }}
    >
      <div className="stack">
        <p className="second">{t('people.lead')}</p>
        <Upload
          accept=".csv"
          maxCount={1}
          showUploadList={false}
          beforeUpload={(file) => {
            look({ file, removesMissing });
            return false;
          }}
        >
          <Button icon={<UploadOutlined />}>{wish?.file.name ?? t('imports.choose')}</Button>
        </Upload>
        <Checkbox
          checked={removesMissing}
          onChange={({ target }) => {
            setRemovesMissing(target.checked);
            if (wish) look({ file: wish.file, removesMissing: target.checked });
          }}
        >
          {t('people.missing')}
        </Checkbox>
        {error !== undefined && <FaultArea error={error} />}
        {report && <Report report={report} />}
      </div>
    </Modal>
  );
}

/** What would change, in numbers and the first names; what is left out, and why. */
function Report({ report }: { readonly report: PeopleReport }): ReactNode {
  const t = useText();
  const { added, changed, deactivated, unchanged, rows, faultCount, faults, conflicts, sample } = report;
  const lines = [
    t('people.added', { count: count(added), sample: sample.added.slice(0, SHOWN).join(', ') }),
    t('people.changed', { count: count(changed), sample: sample.changed.slice(0, SHOWN).join(', ') }),
    t('people.deactivated', { count: count(deactivated) }),
    t('people.unchanged', { count: count(unchanged), rows: count(rows) }),
  ];
  return (
    <section aria-label={t('people.report')}>
      <ul className="stack findings">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {faultCount + conflicts.length > 0 && (
        <p className="danger-text">
          {t('people.leftOut', { faults: count(faultCount), conflicts: count(conflicts.length) })}
        </p>
      )}
      <ul className="hits small">
        {[...faults, ...conflicts].slice(0, SHOWN).map(({ row, column, message }) => (
          <li key={`${row} ${column}`}>
            {t('imports.line', { no: row })} <span className="mono">{column}</span> {message}
          </li>
        ))}
      </ul>
    </section>
  );
}
