import { Progress } from 'antd';
import type { ReactNode } from 'react';
import type { Import } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { ToneTag, type Tone } from '../../ui/status-tag.js';

const TONES: Readonly<Record<Import['status'], Tone>> = {
  checking: 'progress',
  checked: 'ok',
  running: 'progress',
  paused: 'partial',
  finished: 'ok',
  canceled: 'withdrawn',
};

export function ImportStatus({ status }: { readonly status: Import['status'] }): ReactNode {
  const t = useText();
  return <ToneTag tone={TONES[status]}>{t(`imports.status.${status}`)}</ToneTag>;
}

/** Rows with an outcome, of all rows. */
export function ImportProgress({ of }: { readonly of: Import }): ReactNode {
  const t = useText();
  const { rows, waiting, ready } = of.counts;
  const open = of.dryRun ? waiting : waiting + ready;
  return (
    <Progress
      aria-label={t('recalls.progress')}
      percent={Math.round(((rows - open) / Math.max(1, rows)) * 100)}
      size="small"
      style={{ width: 140 }}
    />
  );
}

export const isOpenImport = ({ status }: Import): boolean =>
  status === 'checking' || status === 'running' || status === 'paused';
