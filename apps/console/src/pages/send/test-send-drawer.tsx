import { useQuery } from '@tanstack/react-query';
import { Drawer, Form, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTemplates } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import type { Message } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { GatedButton } from '../../ui/gate.js';
import { MessageView } from '../messages/index.js';
import { placeholdersOf } from '../templates/index.js';
import { DryRunResult, type DryRun } from './dry-run-result.js';

interface SendValues {
  readonly template: string;
  readonly recipients?: string[];
  readonly params?: Readonly<Record<string, string>>;
}

/** `{"mobile": …}` where somebody wrote `mobile:…`; a bare id stays one. */
function recipientOf(text: string): string | Record<string, string> {
  const [, prefix, value] = /^([a-z]+):(.+)$/.exec(text) ?? [];
  return prefix !== undefined && value !== undefined ? { [prefix]: value } : text;
}

function bodyOfValues({ template, recipients = [], params = {} }: SendValues): object {
  const given = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined && value !== ''));
  return { template, recipients: recipients.map(recipientOf), params: given };
}

/** Sends one real message, or says what would happen; then follows it. */
export default function TestSendDrawer(): ReactNode {
  const t = useText();
  const address = useAddress();
  const [message, setMessage] = useState<Message>();
  const [error, setError] = useState<unknown>();
  const [dryRun, setDryRun] = useState<DryRun>();
  const [isBusy, setBusy] = useState(false);
  const [form] = Form.useForm<SendValues>();

  const send = async (isDry: boolean): Promise<void> => {
    const values = await form.validateFields().catch(() => undefined);
    if (!values) return;
    setBusy(true);
    setError(undefined);
    setDryRun(undefined);
    try {
      const body = bodyOfValues(values) as never;
      const { data } = await api.POST('/v1/messages', { body, params: { query: isDry ? { dryRun: true } : {} } });
      if (isDry) setDryRun(data as unknown as DryRun);
      else setMessage(data as unknown as Message);
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer open size={680} title={t('send.title')} onClose={() => address.set({ send: undefined, tab: undefined })}>
      <div className="stack">
        <SendForm form={form} onChange={() => setDryRun(undefined)} />
        <div className="row">
          <GatedButton scope="messages:send" loading={isBusy} onClick={() => void send(true)}>
            {t('send.dryRun')}
          </GatedButton>
          <GatedButton scope="messages:send" type="primary" loading={isBusy} onClick={() => void send(false)}>
            {t('send.send')}
          </GatedButton>
          <span className="small muted">{t('send.real')}</span>
        </div>
        {error !== undefined && <FaultArea error={error} />}
        {dryRun && <DryRunResult dryRun={dryRun} />}
        {message && (
          <section className="card" aria-live="polite">
            <MessageView key={message.id} id={message.id} />
          </section>
        )}
      </div>
    </Drawer>
  );
}

interface SendFormProps {
  readonly form: ReturnType<typeof Form.useForm<SendValues>>[0];
  readonly onChange: () => void;
}

function SendForm({ form, onChange }: SendFormProps): ReactNode {
  const t = useText();
  const address = useAddress();
  const { data: templates } = useTemplates();
  const wished = address.get('send');
  const code = Form.useWatch('template', form) as string | undefined;
  const { data: template } = useQuery({
    queryKey: ['template-to-send', code],
    enabled: code !== undefined && code !== '',
    queryFn: () => bodyOf(api.GET('/v1/templates/{code}', { params: { path: { code: code ?? '' } } })),
  });
  const names = placeholdersOf(template?.routes);
  const variables = new Map((template?.variables ?? []).map((variable) => [variable.name, variable]));
  return (
    <Form<SendValues>
      form={form}
      layout="vertical"
      initialValues={{ template: wished === '1' ? undefined : wished }}
      onValuesChange={onChange}
    >
      <Form.Item
        name="template"
        label={t('messages.template')}
        rules={[{ required: true, message: t('form.required') }]}
      >
        <Select
          showSearch
          optionFilterProp="label"
          options={(templates ?? [])
            .filter(({ publishedVersion, enabled }) => publishedVersion !== null && enabled)
            .map((item) => ({ value: item.code, label: `${item.name} (${item.code})` }))}
        />
      </Form.Item>
      <Form.Item name="recipients" label={t('messages.recipients')} extra={t('send.recipientsLead')}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ', '，']} />
      </Form.Item>
      {names.map((name) => (
        <Form.Item
          key={`${code} ${name}`}
          name={['params', name]}
          label={<span className="mono">{name}</span>}
          initialValue={String(variables.get(name)?.example ?? '')}
          extra={variables.get(name)?.description}
        >
          <Input />
        </Form.Item>
      ))}
    </Form>
  );
}
