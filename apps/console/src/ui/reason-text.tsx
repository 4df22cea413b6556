import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useLabel, useReasons } from '../api/catalogue.js';

const FOCUS_TOO = ['hover' as const, 'focus' as const];

/** The words of a reason; its sentence and code on hover. */
export function ReasonText({ code, count }: { readonly code: string | undefined; readonly count?: number }): ReactNode {
  const reasons = useReasons();
  const label = useLabel();
  if (code === undefined) return null;
  const reason = reasons.get(code);
  const words = reason ? label(reason.label) : code;
  return (
    <Tooltip trigger={FOCUS_TOO} title={reason ? `${label(reason.sentence).replace(/\{\w+\}/g, '…')} (${code})` : code}>
      <span tabIndex={0}>
        {words}
        {count !== undefined && ` ${count}`}
      </span>
    </Tooltip>
  );
}
