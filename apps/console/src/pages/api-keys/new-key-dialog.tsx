import { Form, Input, Modal, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { api } from '../../api/client.js';
import { useText } from '../../texts/text-provider.js';
import { cleanValues } from '../../ui/clean-values.js';
import { FaultArea } from '../../ui/fault-area.js';
import { showFaults } from '../../ui/form-faults.js';

const PRESETS = ['caller', 'viewer', 'operator', 'admin'] as const;
const DAY_MS = 86_400_000;

interface KeyValues {
  readonly name: string;
  readonly caller: string;
  readonly preset: (typeof PRESETS)[number];
  readonly templates?: string[];
  readonly ipRanges?: string[];
  readonly days: number;
}

interface NewKeyDialogProps {
  readonly onClose: () => void;
  readonly onMade: (key: string) => void;
}

export function NewKeyDialog({ onClose, onMade }: NewKeyDialogProps): ReactNode {
  const t = useText();
  const [form] = Form.useForm<KeyValues>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const make = async ({ days, ...values }: KeyValues): Promise<void> => {
    setBusy(true);
    setError(undefined);
    const expiresAt = days > 0 ? { expiresAt: new Date(Date.now() + days * DAY_MS).toISOString() } : {};
    try {
      const body = { ...(cleanValues(values) as KeyValues), ...expiresAt };
      const { data } = await api.POST('/v1/api-keys', { body: body as never });
      onMade((data as { readonly key?: string } | undefined)?.key ?? '');
    } catch (refusal) {
      showFaults(form, refusal);
      setError(refusal);
      setBusy(false);
    }
  };
  const required = [{ required: true, message: t('form.required') }];
  return (
    <Modal
      open
      title={t('keys.new')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('keys.make')}
      confirmLoading={isBusy}
    >
      <Form<KeyValues>
        form={form}
        layout="vertical"
        initialValues={{ preset: 'caller', days: 365 }}
        onFinish={(values) => void make(values)}
      >
        <Form.Item name="name" label={t('keys.name')} rules={required}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="caller" label={t('dead.caller')} rules={required} extra={t('keys.callerLead')}>
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item name="preset" label={t('keys.preset')}>
          <Select options={PRESETS.map((value) => ({ value, label: t(`preset.${value}`) }))} />
        </Form.Item>
        <Form.Item name="templates" label={t('keys.templates')} extra={t('keys.templatesLead')}>
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item name="ipRanges" label={t('keys.ip')} extra={t('keys.ipLead')}>
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item name="days" label={t('keys.expires')}>
          <Select options={[30, 90, 365, 0].map((value) => ({ value, label: t('keys.days', { days: value }) }))} />
        </Form.Item>
      </Form>
      {error !== undefined && <FaultArea error={error} />}
    </Modal>
  );
}
