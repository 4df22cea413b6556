import { Input } from 'antd';
import type { ReactNode } from 'react';
import { useText, type TextKey } from '../texts/text-provider.js';
import { useAddress } from './address.js';

/** A filter that somebody types, under its name in the address. */
export interface TextFilter {
  readonly name: string;
  readonly text: TextKey;
}

/** Filters of a list that are typed and kept in the address. */
export function TextFilters({
  filters,
  width,
}: {
  readonly filters: readonly TextFilter[];
  readonly width: number;
}): ReactNode {
  const t = useText();
  const address = useAddress();
  return filters.map(({ name, text }) => (
    <Input.Search
      key={`${name} ${address.get(name)}`}
      allowClear
      placeholder={t(text)}
      aria-label={t(text)}
      defaultValue={address.get(name)}
      onSearch={(value) => address.set({ [name]: value.trim() })}
      style={{ width }}
    />
  ));
}
