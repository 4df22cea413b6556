import { Button, Checkbox, Form, Input, Radio, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { useTemplates } from '../../api/catalogue.js';
import { api } from '../../api/client.js';
import type { NewRecall, Recall, RecallPreview } from '../../api/types.js';
import { RANGES, startOf } from '../../app/time-range.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { useMay } from '../../ui/gate.js';
import { PageHead } from '../../ui/page-head.js';
import { ReasonText } from '../../ui/reason-text.js';

type By = 'template' | 'businessKey' | 'messageIds';

interface Wish {
  readonly by: By;
  readonly template?: string;
  readonly from: string;
  readonly businessKey?: string;
  readonly ids?: string;
  readonly note: string;
  readonly disableTemplate?: boolean;
  readonly correction?: string;
}

const MIN_REASON = 4;

/** The set is fixed with the preview: what arrives later is no part of it. */
function bodyOfWish(wish: Wish, now: number): NewRecall {
  const correction = wish.correction ? { correction: { template: wish.correction } } : {};
  const common = { note: wish.note, ...correction };
  if (wish.by === 'businessKey') return { ...common, businessKey: wish.businessKey?.trim() ?? '' };
  if (wish.by === 'messageIds') return { ...common, messageIds: (wish.ids ?? '').split(/[\s,]+/).filter(Boolean) };
  const createdAfter = startOf(wish.from, now) ?? new Date(now).toISOString();
  return { ...common, template: wish.template ?? '', createdAfter, createdBefore: new Date(now).toISOString() };
}

interface Planned {
  readonly wish: Wish;
  readonly body: NewRecall;
  readonly preview: RecallPreview;
}

/** Stops a wrong message: scope, preview in numbers, confirmation by typing. */
export default function NewRecallPage(): ReactNode {
  const t = useText();
  const [planned, setPlanned] = useState<Planned>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);

  const preview = async (wish: Wish): Promise<void> => {
    setBusy(true);
    setError(undefined);
    setPlanned(undefined);
    try {
      const body = bodyOfWish(wish, Date.now());
      const { data } = await api.POST('/v1/recalls', { body: { ...body, dryRun: true } });
      setPlanned({ wish, body, preview: data as unknown as RecallPreview });
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="page">
      <PageHead title={t('kill.title')} lead={<Link to="/recalls">{t('nav.recalls')}</Link>} />
      <section className="card">
        <h2>{t('kill.scope')}</h2>
        <Scope isBusy={isBusy} onPreview={(wish) => void preview(wish)} onChange={() => setPlanned(undefined)} />
        {error !== undefined && <FaultArea error={error} />}
      </section>
      {planned && <Preview planned={planned} />}
    </div>
  );
}

interface ScopeProps {
  readonly isBusy: boolean;
  readonly onPreview: (wish: Wish) => void;
  readonly onChange: () => void;
}

function Scope({ isBusy, onPreview, onChange }: ScopeProps): ReactNode {
  const t = useText();
  const address = useAddress();
  const may = useMay();
  const { data: templates } = useTemplates();
  const [form] = Form.useForm<Wish>();
  const by = Form.useWatch('by', form) ?? 'template';
  const options = (templates ?? []).map(({ code, name }) => ({ value: code, label: `${name} (${code})` }));
  const initial = {
    by: (address.get('by') || 'template') as By,
    template: address.get('template') || undefined,
    from: '-1h',
  };
  return (
    <Form<Wish> form={form} layout="vertical" initialValues={initial} onFinish={onPreview} onValuesChange={onChange}>
      <Form.Item name="by" label={t('kill.by')}>
        <Radio.Group
          options={(['template', 'businessKey', 'messageIds'] as const).map((value) => ({
            value,
            label: t(`kill.by.${value}`),
          }))}
        />
      </Form.Item>
      {by === 'template' && (
        <div className="row">
          <Form.Item
            name="template"
            label={t('messages.template')}
            rules={[{ required: true, message: t('form.required') }]}
          >
            <Select showSearch optionFilterProp="label" options={options} style={{ width: 320 }} />
          </Form.Item>
          <Form.Item name="from" label={t('range.label')}>
            <Select
              options={RANGES.map((range) => ({ value: range, label: t(`range.${range.slice(1)}` as 'range.1h') }))}
              style={{ width: 160 }}
            />
          </Form.Item>
        </div>
      )}
      {by === 'businessKey' && (
        <Form.Item
          name="businessKey"
          label={t('messages.businessKey')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Input maxLength={200} style={{ maxWidth: 480 }} />
        </Form.Item>
      )}
      {by === 'messageIds' && (
        <Form.Item name="ids" label={t('kill.ids')} rules={[{ required: true, message: t('form.required') }]}>
          <Input.TextArea rows={4} style={{ maxWidth: 480 }} />
        </Form.Item>
      )}
      <Form.Item
        name="note"
        label={t('kill.note')}
        rules={[{ required: true, min: MIN_REASON, message: t('kill.noteRule') }]}
      >
        <Input maxLength={500} style={{ maxWidth: 480 }} />
      </Form.Item>
      {by === 'template' && may('templates:write') && (
        <Form.Item name="disableTemplate" valuePropName="checked" noStyle>
          <Checkbox>{t('kill.disable')}</Checkbox>
        </Form.Item>
      )}
      <Form.Item name="correction" label={t('kill.correction')} className="gap-top">
        <Select allowClear showSearch optionFilterProp="label" options={options} style={{ width: 320 }} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={isBusy}>
        {t('kill.preview')}
      </Button>
    </Form>
  );
}

function Preview({ planned }: { readonly planned: Planned }): ReactNode {
  const t = useText();
  const { counts, reasons, messages, examined } = planned.preview;
  const rows = [
    { key: 'canceled', text: t('kill.willCancel') },
    { key: 'recallable', text: t('kill.willRecall') },
    { key: 'failed', text: t('kill.cannot') },
    { key: 'uncertain', text: t('kill.uncertain') },
  ];
  const takes = (counts['canceled'] ?? 0) + (counts['recallable'] ?? 0);
  return (
    <>
      <section className="card" aria-live="polite">
        <h2>{t('kill.result')}</h2>
        <p>{t('kill.found', { messages: count(messages) })}</p>
        {examined < messages && <p className="danger-text">{t('kill.examined', { examined: count(examined) })}</p>}
        <div className="groups gap-top">
          {rows.map(({ key, text }) => (
            <div key={key} className="group">
              <div className="figure">{count(counts[key] ?? 0)}</div>
              <div className="small second">{text}</div>
            </div>
          ))}
        </div>
        <div className="row small second">
          {Object.entries(reasons).map(([code, number]) => (
            <ReasonText key={code} code={code} count={number} />
          ))}
        </div>
      </section>
      {messages > 0 && <Confirm planned={planned} takes={takes} />}
    </>
  );
}

function Confirm({ planned, takes }: { readonly planned: Planned; readonly takes: number }): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const { wish, body } = planned;
  const wanted = wish.by === 'template' ? (wish.template ?? '') : String(takes);
  const run = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      if (wish.disableTemplate && wish.template !== undefined) {
        await api.POST('/v1/templates/{code}/disable', {
          params: { path: { code: wish.template } },
          body: { reason: wish.note },
        });
      }
      const { data } = await api.POST('/v1/recalls', { body });
      void navigate(`/recalls/${(data as unknown as Recall).id}`);
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };
  return (
    <section className="card">
      <h2>{t('kill.confirm')}</h2>
      <div className="row">
        <label htmlFor="kill-typed">{t('confirm.type', { wanted })}</label>
        <Input
          id="kill-typed"
          autoComplete="off"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          style={{ width: 240 }}
        />
        <Button danger type="primary" disabled={typed !== wanted} loading={isBusy} onClick={() => void run()}>
          {t('kill.run', { count: count(takes) })}
        </Button>
      </div>
      {error !== undefined && <FaultArea error={error} />}
    </section>
  );
}
