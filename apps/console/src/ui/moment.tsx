import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { usePreferences } from '../session/preferences.js';
import { duration, fullInstant, instant } from './format.js';

/** Those without a mouse read it as well. */
const FOCUS_TOO = ['hover' as const, 'focus' as const];

/** A moment: short, in full on hover and focus. */
export function Moment({ at }: { readonly at: string | null | undefined }): ReactNode {
  const zone = usePreferences();
  if (!at) return <span className="muted">—</span>;
  return (
    <Tooltip trigger={FOCUS_TOO} title={fullInstant(at, zone)}>
      <time className="num" dateTime={at} tabIndex={0}>
        {instant(at, zone)}
      </time>
    </Tooltip>
  );
}

export function Lasting({ ms }: { readonly ms: number | undefined }): ReactNode {
  const { language } = usePreferences();
  return <span className="num">{ms === undefined ? '—' : duration(ms, language)}</span>;
}
