import { Form, Input, Modal, Select, Switch } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, bodyOf } from '../../api/client.js';
import type { Webhook, WebhookSettings } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { showFaults } from '../../ui/form-faults.js';

type SubscribedEvent = NonNullable<WebhookSettings['events']>[number];

/** What a webhook may be told of, complete by its type. */
const EVENTS: Readonly<Record<SubscribedEvent, true>> = {
  'message.sent': true,
  'message.delivered': true,
  'message.read': true,
  'message.partial': true,
  'message.failed': true,
  'message.unknown': true,
  'message.suppressed': true,
  'message.expired': true,
  'message.canceled': true,
  'message.recalled': true,
  'message.recall_finished': true,
  'recipient.invalid': true,
  'card.clicked': true,
  'import.finished': true,
  'account.paused': true,
  'account.resumed': true,
};

export const SUBSCRIBED_EVENTS = Object.keys(EVENTS) as readonly SubscribedEvent[];

export interface WebhookFormProps {
  /** To change; otherwise a new one is made. */
  readonly webhook?: Webhook;
  readonly onClose: () => void;
  /** With the secret of a new one. */
  readonly onSaved: (secret: string | undefined) => void;
}

export function WebhookForm({ webhook, onClose, onSaved }: WebhookFormProps): ReactNode {
  const t = useText();
  const [form] = Form.useForm<WebhookSettings>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const save = async (body: WebhookSettings): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      onSaved(webhook ? await change(webhook.id, body) : await make(body));
    } catch (refusal) {
      showFaults(form, refusal);
      setError(refusal);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t(webhook ? 'webhooks.edit' : 'webhooks.new')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('webhooks.save')}
      cancelText={t('action.cancel')}
      confirmLoading={isBusy}
    >
      <Form<WebhookSettings>
        form={form}
        layout="vertical"
        initialValues={webhook ?? { enabled: true, events: [], callers: [], templates: [] }}
        onFinish={(values) => void save(values)}
      >
        <Fields />
      </Form>
      {error !== undefined && <FaultArea error={error} />}
    </Modal>
  );
}

async function make(body: WebhookSettings): Promise<string> {
  return (await bodyOf(api.POST('/v1/webhooks', { body }))).secret;
}

async function change(id: string, body: WebhookSettings): Promise<undefined> {
  await api.PUT('/v1/webhooks/{id}', { params: { path: { id } }, body });
  return undefined;
}

function Fields(): ReactNode {
  const t = useText();
  const required = [{ required: true, message: t('form.required') }];
  return (
    <>
      <Form.Item name="name" label={t('webhooks.name')} rules={required}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="url" label={t('webhooks.url')} rules={required} extra={t('webhooks.urlLead')}>
        <Input maxLength={2048} autoComplete="off" placeholder="https://" />
      </Form.Item>
      <Form.Item name="events" label={t('webhooks.events')} extra={t('webhooks.eventsLead')}>
        <Select
          mode="multiple"
          allowClear
          optionFilterProp="label"
          options={SUBSCRIBED_EVENTS.map((value) => ({ value, label: `${t(`event.${value}`)} ${value}` }))}
        />
      </Form.Item>
      <Form.Item name="callers" label={t('webhooks.callers')} extra={t('webhooks.narrowLead')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="templates" label={t('webhooks.templates')} extra={t('webhooks.narrowLead')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="enabled" label={t('webhooks.enabled')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  );
}
