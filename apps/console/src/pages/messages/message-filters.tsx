import { Button, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useAccounts, useChannelLabel, useChannels, useLabel, useReasons, useTemplates } from '../../api/catalogue.js';
import type { Message } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { RangeSelect } from '../../app/range-select.js';
import { useText, type TextKey } from '../../texts/text-provider.js';
import { useMay, useMe } from '../../ui/gate.js';
import { statusText } from '../../ui/status-tag.js';

const STATUSES: readonly Message['status'][] = [
  'accepted',
  'scheduled',
  'sending',
  'sent',
  'delivered',
  'read',
  'partial',
  'failed',
  'unknown',
  'suppressed',
  'canceled',
  'expired',
  'recalled',
];

const VIEWS: readonly { readonly text: TextKey; readonly status: string }[] = [
  { text: 'messages.viewFailed', status: 'failed,partial' },
  { text: 'messages.viewUnknown', status: 'unknown' },
  { text: 'messages.viewWaiting', status: 'accepted,scheduled,sending' },
  { text: 'messages.viewRecalled', status: 'recalled' },
];

export const FILTERS = [
  'status',
  'template',
  'recipient',
  'channel',
  'account',
  'reason',
  'businessKey',
  'providerMsgId',
  'batchId',
  'caller',
] as const;

const listOf = (text: string): string[] => text.split(',').filter((item) => item !== '');

export function MessageFilters(): ReactNode {
  const t = useText();
  const address = useAddress();
  const [isWide, setWide] = useState(
    ['channel', 'account', 'reason', 'businessKey', 'providerMsgId', 'caller'].some(address.get),
  );
  const templates = useTemplates();
  const statusLabel = (status: string): string => {
    const key = statusText(status);
    return key ? t(key) : status;
  };
  const reset = Object.fromEntries([...FILTERS, 'from'].map((name) => [name, undefined]));
  return (
    <div className="filters">
      <div className="row">
        <Several
          name="status"
          label={t('messages.status')}
          width={220}
          options={STATUSES.map((status) => ({ value: status, label: statusLabel(status) }))}
        />
        <Several
          name="template"
          label={t('messages.template')}
          width={220}
          options={(templates.data ?? []).map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))}
        />
        <Exact name="recipient" label={t('messages.recipientFilter')} width={220} />
        <RangeSelect fallback="-24h" />
        <Button type="text" data-key="f" onClick={() => setWide(!isWide)} aria-expanded={isWide}>
          {t(isWide ? 'filters.less' : 'filters.more')}
        </Button>
        <Button onClick={() => address.set(reset)}>{t('filters.reset')}</Button>
      </div>
      {isWide && <MoreFilters />}
      <div className="row views">
        <span className="small muted">{t('messages.views')}</span>
        {VIEWS.map(({ text, status }) => (
          <button
            key={text}
            type="button"
            className={`chip ${address.get('status') === status ? 'is-on' : ''}`}
            aria-pressed={address.get('status') === status}
            onClick={() => address.set({ status: address.get('status') === status ? undefined : status })}
          >
            {t(text)}
          </button>
        ))}
      </div>
    </div>
  );
}

function MoreFilters(): ReactNode {
  const t = useText();
  const { seesAllCallers } = useMe();
  const may = useMay();
  const channels = useChannels();
  const channelLabel = useChannelLabel();
  const reasons = useReasons();
  const label = useLabel();
  return (
    <div className="row">
      <Several
        name="channel"
        label={t('messages.channel')}
        width={200}
        options={(channels.data ?? []).map(({ name }) => ({ value: name, label: channelLabel(name) }))}
      />
      {may('accounts:read') && <AccountFilter />}
      <Several
        name="reason"
        label={t('messages.reason')}
        width={200}
        options={[...reasons.values()].map((reason) => ({ value: reason.code, label: label(reason.label) }))}
      />
      <Exact name="businessKey" label={t('messages.businessKey')} width={200} />
      <Exact name="providerMsgId" label={t('messages.providerMsgId')} width={200} />
      {seesAllCallers && <Exact name="caller" label={t('messages.caller')} width={160} />}
    </div>
  );
}

function AccountFilter(): ReactNode {
  const t = useText();
  const { data } = useAccounts();
  const options = (data ?? []).map(({ code, name }) => ({ value: code, label: name }));
  return <Several name="account" label={t('messages.account')} width={180} options={options} />;
}

interface SeveralProps {
  readonly name: string;
  readonly label: string;
  readonly width: number;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

function Several({ name, label, width, options }: SeveralProps): ReactNode {
  const address = useAddress();
  return (
    <Select
      mode="multiple"
      allowClear
      maxTagCount="responsive"
      placeholder={label}
      aria-label={label}
      style={{ width }}
      value={listOf(address.get(name))}
      onChange={(values: string[]) => address.set({ [name]: values.join(',') })}
      options={[...options]}
      optionFilterProp="label"
    />
  );
}

function Exact({ name, label, width }: Omit<SeveralProps, 'options'>): ReactNode {
  const address = useAddress();
  const given = address.get(name);
  return (
    <Input.Search
      key={given}
      allowClear
      placeholder={label}
      aria-label={label}
      style={{ width }}
      defaultValue={given}
      onSearch={(text) => address.set({ [name]: text.trim() })}
    />
  );
}
