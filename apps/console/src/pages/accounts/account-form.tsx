import { Collapse, Form, Input, InputNumber, Select, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { useChannels, useLabel } from '../../api/catalogue.js';
import { ApiError } from '../../api/client.js';
import type { Account, Channel } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { FieldsForm } from '../../ui/fields-form.js';
import { namePathOf } from '../../ui/form-faults.js';
import { GatedButton, useMay, useMe } from '../../ui/gate.js';
import { useSaveAccount, type AccountValues } from './use-save-account.js';

const CODE = /^[a-z0-9\-_.]{1,64}$/;

/** Secrets are shown masked and never sent back. */
function initialOf(account: Account, channel: Channel | undefined): Partial<AccountValues> {
  const secrets = new Set((channel?.accountFields ?? []).filter(({ secret }) => secret).map(({ name }) => name));
  const config = Object.fromEntries(Object.entries(account.config).filter(([name]) => !secrets.has(name)));
  const { code, name, limits, baseUrl, proxyUrl } = account;
  return {
    code,
    name,
    channel: account.channel,
    config,
    limits: limits ?? {},
    ...(baseUrl !== undefined && { baseUrl }),
    ...(proxyUrl !== undefined && { proxyUrl }),
  };
}

interface AccountFormProps {
  readonly account?: Account;
  readonly tag?: string | undefined;
}

/** Drawn from the catalogue: a new channel needs no change here. */
export function AccountForm({ account, tag }: AccountFormProps): ReactNode {
  const { data: channels } = useChannels();
  if (!channels) return null;
  return <LoadedForm channels={channels} account={account} tag={tag} />;
}

interface LoadedFormProps {
  readonly channels: readonly Channel[];
  readonly account: Account | undefined;
  readonly tag: string | undefined;
}

function LoadedForm({ channels, account, tag }: LoadedFormProps): ReactNode {
  const t = useText();
  const label = useLabel();
  const may = useMay();
  const me = useMe();
  const [form] = Form.useForm<AccountValues>();
  const chosen = Form.useWatch('channel', form) as string | undefined;
  const channel = channels.find(({ name }) => name === (chosen ?? account?.channel));
  const { save, error, isBusy } = useSaveAccount(form, account, tag, channel?.canCheck ?? false);
  const initial = account ? initialOf(account, channel) : me.server.sandbox ? { baseUrl: 'sandbox' } : {};
  const required = [{ required: true, message: t('form.required') }];
  return (
    <Form<AccountValues>
      form={form}
      layout="vertical"
      className="card account-form"
      initialValues={initial}
      disabled={!may('accounts:write')}
      onFinish={(values) => void save(values)}
    >
      <Form.Item name="channel" label={t('messages.channel')} rules={required}>
        <Select
          disabled={account !== undefined}
          options={channels.map((item) => ({
            value: item.name,
            label: `${label(item.familyLabel)} · ${label(item.label)}`,
          }))}
        />
      </Form.Item>
      <div className="columns">
        <Form.Item name="name" label={t('accounts.name')} rules={required}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="code"
          label={t('accounts.code')}
          rules={[{ required: true, pattern: CODE, message: t('templates.codeRule') }]}
        >
          <Input disabled={account !== undefined} />
        </Form.Item>
      </div>
      {channel && <FieldsForm path={['config']} fields={channel.accountFields} keepsSecrets={account !== undefined} />}
      {channel && channel.limits.length > 0 && (
        <fieldset className="nested">
          <legend>{t('accounts.limits')}</legend>
          <p className="small muted">{t('accounts.limitsLead')}</p>
          <div className="columns">
            {channel.limits.map((limit) => (
              <Form.Item key={limit.key} name={['limits', limit.key]} label={label(limit.label)}>
                <InputNumber min={1} placeholder={String(limit.limit)} />
              </Form.Item>
            ))}
          </div>
        </fieldset>
      )}
      <Advanced />
      {error !== undefined && <Refusal error={error} form={form} />}
      <GatedButton scope="accounts:write" type="primary" htmlType="submit" loading={isBusy}>
        {t(channel?.canCheck ? 'accounts.saveAndCheck' : account ? 'accounts.save' : 'accounts.add')}
      </GatedButton>
    </Form>
  );
}

/** Where calls go, and through what: hardly ever needed. */
function Advanced(): ReactNode {
  const t = useText();
  return (
    <Collapse
      ghost
      items={[
        {
          key: 'advanced',
          label: t('accounts.advanced'),
          forceRender: true,
          children: (
            <div className="columns">
              <Form.Item name="baseUrl" label={t('accounts.base')} extra={t('accounts.baseLead')}>
                <Input placeholder={t('accounts.baseVendor')} />
              </Form.Item>
              <Form.Item name="proxyUrl" label={t('accounts.proxy')}>
                <Input />
              </Form.Item>
            </div>
          ),
        },
      ]}
    />
  );
}

/** What the server refused: at its fields, and those that have none in words. */
function Refusal({ error, form }: { readonly error: unknown; readonly form: FormInstance }): ReactNode {
  const t = useText();
  const faults = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  const homeless = faults.filter(({ pointer }) => form.getFieldInstance(namePathOf(pointer) as never) === undefined);
  return (
    <>
      <FaultArea error={error} />
      {faults.length > 0 && (
        <div className="notice is-danger stack-tight" role="alert">
          <strong>{t('accounts.faults', { count: faults.length })}</strong>
          {homeless.map(({ message, pointer }) => (
            <span key={pointer ?? message}>
              <span className="mono">{pointer}</span> {message}
            </span>
          ))}
        </div>
      )}
    </>
  );
}
