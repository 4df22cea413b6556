import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useText, type TextKey } from '../texts/text-provider.js';
import { useAddress } from './address.js';
import { RANGES } from './time-range.js';

const RANGE_TEXTS: Readonly<Record<string, TextKey>> = {
  '-15m': 'range.15m',
  '-1h': 'range.1h',
  '-24h': 'range.24h',
  '-7d': 'range.7d',
  '-30d': 'range.30d',
};

export const rangeText = (range: string): TextKey => RANGE_TEXTS[range] ?? 'range.24h';

/** The range of time that a page is about, as its address says. */
export function RangeSelect({ fallback }: { readonly fallback: string }): ReactNode {
  const t = useText();
  const address = useAddress();
  return (
    <Select
      aria-label={t('range.label')}
      value={address.get('from') || fallback}
      onChange={(from: string) => address.set({ from })}
      options={RANGES.map((range) => ({ value: range, label: t(rangeText(range)) }))}
      style={{ width: 130 }}
    />
  );
}
