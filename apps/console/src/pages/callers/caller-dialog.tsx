import { Form, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { api } from '../../api/client.js';
import type { Caller } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { showFaults } from '../../ui/form-faults.js';

interface CallerValues {
  readonly code: string;
  readonly name: string;
}

export interface CallerDialogProps {
  /** To rename; otherwise a new one is added. */
  readonly caller?: Caller;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

export function CallerDialog({ caller, onClose, onSaved }: CallerDialogProps): ReactNode {
  const t = useText();
  const [form] = Form.useForm<CallerValues>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const save = async ({ code, name }: CallerValues): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      if (caller) {
        const params = { path: { code: caller.code } };
        await api.PUT('/v1/callers/{code}', { params, body: { name, enabled: caller.enabled } });
      } else {
        await api.POST('/v1/callers', { body: { code, name } });
      }
      onSaved();
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
      title={t(caller ? 'callers.rename' : 'callers.new')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('callers.save')}
      cancelText={t('action.cancel')}
      confirmLoading={isBusy}
    >
      <Form<CallerValues>
        form={form}
        layout="vertical"
        initialValues={caller ?? {}}
        onFinish={(values) => void save(values)}
      >
        <Form.Item name="name" label={t('callers.name')} rules={required}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        {!caller && (
          <Form.Item name="code" label={t('callers.code')} rules={required} extra={t('callers.codeLead')}>
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
        )}
      </Form>
      {error !== undefined && <FaultArea error={error} />}
    </Modal>
  );
}
