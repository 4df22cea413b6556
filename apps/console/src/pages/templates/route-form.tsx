import { Form, Select } from 'antd';
import type { ReactNode } from 'react';
import { useAccounts, useChannels, useLabel } from '../../api/catalogue.js';
import { useText } from '../../texts/text-provider.js';
import { FieldsForm } from '../../ui/fields-form.js';
import { useMay } from '../../ui/gate.js';
import { RouteOptions } from './route-options.js';

const POOL = 20;

interface RouteFormProps {
  readonly index: number;
  readonly onChanged: () => void;
}

/** One way to travel: the channel, the accounts that may send, and the content. */
export function RouteForm({ index, onChanged }: RouteFormProps): ReactNode {
  const t = useText();
  const label = useLabel();
  const form = Form.useFormInstance();
  const { data: channels = [] } = useChannels();
  const at = ['routes', index];
  const name = Form.useWatch([...at, 'channel'], { form, preserve: true }) as string | undefined;
  const kindName = Form.useWatch([...at, 'content', 'kind'], { form, preserve: true }) as string | undefined;
  const channel = channels.find((candidate) => candidate.name === name);
  const kind = channel?.contentKinds.find((candidate) => candidate.kind === kindName);
  const required = [{ required: true, message: t('form.required') }];
  return (
    <>
      <div className="columns">
        <Form.Item name={[index, 'channel']} label={t('messages.channel')} rules={required}>
          <Select
            options={channels.map((item) => ({ value: item.name, label: label(item.label) }))}
            onChange={(chosen: string) => {
              form.setFieldValue(at, { channel: chosen });
              onChanged();
            }}
          />
        </Form.Item>
        <Form.Item name={[index, 'content', 'kind']} label={t('templates.kind')} rules={required}>
          <Select
            disabled={!channel}
            options={(channel?.contentKinds ?? []).map((item) => ({
              value: item.kind,
              label: `${label(item.label)} (${item.kind})`,
            }))}
            onChange={(chosen: string) => {
              const example = channel?.contentKinds.find((item) => item.kind === chosen)?.example ?? {};
              form.setFieldValue([...at, 'content'], { kind: chosen, ...example });
              onChanged();
            }}
          />
        </Form.Item>
      </div>
      <Pool index={index} channel={name} />
      {kind && <FieldsForm path={[index, 'content']} base={['routes']} fields={kind.fields} isTemplate />}
      {channel && <RouteOptions index={index} channel={channel} kind={kindName} />}
    </>
  );
}

/** One account, or several among which the messages are spread. */
function Pool({ index, channel }: { readonly index: number; readonly channel: string | undefined }): ReactNode {
  const t = useText();
  const may = useMay();
  const form = Form.useFormInstance();
  const { data = [] } = useAccounts();
  const chosen = Form.useWatch(['routes', index, 'pool'], form) as readonly string[] | undefined;
  const fitting = data.filter((account) => account.channel === channel);
  return (
    <Form.Item
      name={[index, 'pool']}
      label={t('routes.pool')}
      rules={[{ required: true, message: t('form.required') }]}
      extra={(chosen?.length ?? 0) > 1 ? t('routes.poolOf', { count: chosen?.length }) : undefined}
    >
      {/* Who may not see the accounts writes their codes. */}
      <Select
        mode={may('accounts:read') ? 'multiple' : 'tags'}
        maxCount={POOL}
        disabled={!channel}
        notFoundContent={t('templates.noAccount')}
        options={fitting.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
      />
    </Form.Item>
  );
}
