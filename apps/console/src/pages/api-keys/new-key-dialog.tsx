import { useQuery } from '@tanstack/react-query';
import { Form, Input, Modal, Select, type FormInstance } from 'antd';
import { useState, type ReactNode } from 'react';
import { useAccounts, useTemplates } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import type { Scope } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { cleanValues } from '../../ui/clean-values.js';
import { FaultArea } from '../../ui/fault-area.js';
import { showFaults } from '../../ui/form-faults.js';
import { useMay } from '../../ui/gate.js';
import { PRESETS, PRESET_SCOPES, type Preset } from './preset-scopes.js';

const DAY_MS = 86_400_000;
const MOST = 200;
/** `0` is for ever. */
const LIFETIMES = [30, 90, 365, 0] as const;

interface KeyValues {
  readonly name: string;
  readonly caller: string;
  readonly preset: Preset;
  readonly scopes: Scope[];
  readonly templates?: string[];
  readonly accounts?: string[];
  readonly ipRanges?: string[];
  readonly days: number;
}

interface NewKeyDialogProps {
  readonly onClose: () => void;
  readonly onMade: (key: string) => void;
}

/** As the API wants it: all scopes of a preset are left out, so that the key has what the preset has. */
function bodyFrom({ days, scopes, ...values }: KeyValues): unknown {
  const isWhole = scopes.length === PRESET_SCOPES[values.preset].length;
  return {
    ...(cleanValues(values) as object),
    ...(!isWhole && { scopes }),
    ...(days > 0 && { expiresAt: new Date(Date.now() + days * DAY_MS).toISOString() }),
  };
}

export function NewKeyDialog({ onClose, onMade }: NewKeyDialogProps): ReactNode {
  const t = useText();
  const [form] = Form.useForm<KeyValues>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const make = async (values: KeyValues): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const { key } = await bodyOf(api.POST('/v1/api-keys', { body: bodyFrom(values) as never }));
      onMade(key);
    } catch (refusal) {
      showFaults(form, refusal);
      setError(refusal);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('keys.new')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('keys.make')}
      cancelText={t('action.cancel')}
      confirmLoading={isBusy}
    >
      <Form<KeyValues>
        form={form}
        layout="vertical"
        initialValues={{ preset: 'caller', scopes: PRESET_SCOPES.caller, days: 365 }}
        onFinish={(values) => void make(values)}
      >
        <Owner />
        <Rights form={form} />
        <Limits />
      </Form>
      {error !== undefined && <FaultArea error={error} />}
    </Modal>
  );
}

function Owner(): ReactNode {
  const t = useText();
  const { data } = useQuery({
    queryKey: ['callers', 'all'],
    queryFn: async () => (await bodyOf(api.GET('/v1/callers', { params: { query: { limit: MOST } } }))).data,
  });
  const required = [{ required: true, message: t('form.required') }];
  return (
    <>
      <Form.Item name="name" label={t('keys.name')} rules={required}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="caller" label={t('dead.caller')} rules={required} extra={t('keys.callerLead')}>
        <Select
          showSearch
          optionFilterProp="label"
          options={(data ?? []).map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))}
        />
      </Form.Item>
    </>
  );
}

/** A change of the preset brings all of its scopes back. */
function Rights({ form }: { readonly form: FormInstance<KeyValues> }): ReactNode {
  const t = useText();
  const preset = Form.useWatch('preset', form) ?? 'caller';
  return (
    <>
      <Form.Item name="preset" label={t('keys.preset')}>
        <Select<Preset>
          onChange={(next) => form.setFieldValue('scopes', [...PRESET_SCOPES[next]])}
          options={PRESETS.map((value) => ({ value, label: t(`preset.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="scopes"
        label={t('keys.scopes')}
        extra={t('keys.scopesLead')}
        rules={[{ required: true, message: t('keys.scopesRequired') }]}
      >
        <Select
          mode="multiple"
          maxTagCount={6}
          options={PRESET_SCOPES[preset].map((value) => ({ value, label: value }))}
        />
      </Form.Item>
    </>
  );
}

function Limits(): ReactNode {
  const t = useText();
  const may = useMay();
  return (
    <>
      <Form.Item name="templates" label={t('keys.templates')} extra={t('keys.templatesLead')}>
        <TemplateCodes />
      </Form.Item>
      {may('accounts:read') && (
        <Form.Item name="accounts" label={t('keys.accounts')} extra={t('keys.accountsLead')}>
          <AccountCodes />
        </Form.Item>
      )}
      <Form.Item name="ipRanges" label={t('keys.ip')} extra={t('keys.ipLead')}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ']} />
      </Form.Item>
      <Form.Item name="days" label={t('keys.expires')}>
        <Select options={LIFETIMES.map((value) => ({ value, label: t('keys.days', { days: value }) }))} />
      </Form.Item>
    </>
  );
}

/** Bound by the form item around it. */
function TemplateCodes(bound: object): ReactNode {
  const { data } = useTemplates();
  const options = (data ?? []).map(({ code, name }) => ({ value: code, label: `${name} ${code}` }));
  return <Select mode="multiple" optionFilterProp="label" options={options} {...bound} />;
}

function AccountCodes(bound: object): ReactNode {
  const { data } = useAccounts();
  const options = (data ?? []).map(({ code, name }) => ({ value: code, label: `${name} ${code}` }));
  return <Select mode="multiple" optionFilterProp="label" options={options} {...bound} />;
}
