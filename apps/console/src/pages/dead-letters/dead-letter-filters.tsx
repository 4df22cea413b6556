import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useAccounts, useTemplates } from '../../api/catalogue.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { useMay } from '../../ui/gate.js';

interface FilterProps {
  readonly name: 'template' | 'account';
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

function Filter({ name, label, options }: FilterProps): ReactNode {
  const address = useAddress();
  const value = address.get(name);
  return (
    <Select
      allowClear
      showSearch
      optionFilterProp="label"
      aria-label={label}
      placeholder={label}
      options={[...options]}
      {...(value !== '' && { value })}
      onChange={(chosen: string | undefined) => address.set({ [name]: chosen })}
      style={{ width: 180 }}
    />
  );
}

const named = ({ code, name }: { readonly code: string; readonly name: string }) => ({
  value: code,
  label: `${name} (${code})`,
});

export function TemplateFilter(): ReactNode {
  const t = useText();
  const { data = [] } = useTemplates();
  return <Filter name="template" label={t('messages.template')} options={data.map(named)} />;
}

export function AccountFilter(): ReactNode {
  const may = useMay();
  return may('accounts:read') ? <Accounts /> : null;
}

function Accounts(): ReactNode {
  const t = useText();
  const { data = [] } = useAccounts();
  return <Filter name="account" label={t('messages.account')} options={data.map(named)} />;
}
