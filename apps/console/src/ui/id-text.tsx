import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.js';
import { shortId } from './format.js';

export function IdText({ id, isFull = false }: { readonly id: string; readonly isFull?: boolean }): ReactNode {
  return (
    <span className="row-tight">
      <span className="mono" title={id}>
        {isFull ? id : shortId(id)}
      </span>
      <CopyButton text={id} />
    </span>
  );
}
