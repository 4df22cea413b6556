import { useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, InputNumber, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useChannels, useLabel } from '../../api/catalogue.js';
import { api } from '../../api/client.js';
import type { Account, Channel } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { cleanValues } from '../../ui/clean-values.js';
import { FaultArea } from '../../ui/fault-area.js';
import { FieldsForm } from '../../ui/fields-form.js';
import { showFaults } from '../../ui/form-faults.js';
import { GatedButton, useMay, useMe } from '../../ui/gate.js';

const CODE = /^[a-z0-9\-_.]{1,64}$/;

interface AccountValues {
  readonly code: string;
  readonly name: string;
  readonly channel: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly limits?: Readonly<Record<string, number | null>>;
  readonly baseUrl?: string;
  readonly proxyUrl?: string;
}

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
  const { save, error, isBusy } = useSave(form, account, tag);
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
      <div className="columns">
        <Form.Item name="baseUrl" label={t('accounts.base')} extra={t('accounts.baseLead')}>
          <Input placeholder={t('accounts.baseVendor')} />
        </Form.Item>
        <Form.Item name="proxyUrl" label={t('accounts.proxy')}>
          <Input />
        </Form.Item>
      </div>
      {error !== undefined && <FaultArea error={error} />}
      <GatedButton scope="accounts:write" type="primary" htmlType="submit" loading={isBusy}>
        {t(account ? 'accounts.save' : 'accounts.add')}
      </GatedButton>
    </Form>
  );
}

interface Saving {
  readonly save: (values: AccountValues) => Promise<void>;
  readonly error: unknown;
  readonly isBusy: boolean;
}

function useSave(
  form: ReturnType<typeof Form.useForm<AccountValues>>[0],
  account: Account | undefined,
  tag: string | undefined,
): Saving {
  const t = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message: notice } = App.useApp();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const save = async (values: AccountValues): Promise<void> => {
    setBusy(true);
    setError(undefined);
    const body = withConfig(cleanValues(values) as AccountValues);
    try {
      if (account) {
        const { code } = account;
        const headers = tag === undefined ? {} : { 'if-match': tag };
        await api.PUT('/v1/accounts/{code}', {
          params: { path: { code } },
          body: changeOf(account, body) as never,
          headers,
        });
      } else await api.POST('/v1/accounts', { body: body as never });
      void notice.success(t('accounts.saved'));
      for (const key of [['account', body.code], ['account-list'], ['accounts']])
        await client.invalidateQueries({ queryKey: key });
      if (!account) void navigate(`/accounts/${body.code}`);
    } catch (refusal) {
      showFaults(form, refusal);
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return { save, error, isBusy };
}

/** An account whose every field is optional may have none. */
function withConfig(values: AccountValues): AccountValues {
  return { ...values, config: values.config ?? {} };
}

/** Code and channel never change; what the form does not show stays as it is. */
function changeOf(account: Account, { name, config, limits, baseUrl, proxyUrl }: AccountValues): object {
  const { compat, status, pausedReason } = account;
  const kept = { compat, status, pausedReason };
  return { ...kept, name, config, limits: limits ?? {}, ...(baseUrl && { baseUrl }), ...(proxyUrl && { proxyUrl }) };
}
