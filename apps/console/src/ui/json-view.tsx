import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.js';

/** Data as it is, for those who want to see for themselves. */
export function JsonView({ title, value }: { readonly title: string; readonly value: unknown }): ReactNode {
  if (value === undefined || value === null) return null;
  const text = JSON.stringify(value, null, 2);
  return (
    <div>
      <div className="row small muted">
        {title}
        <CopyButton text={text} />
      </div>
      <pre className="code" tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </div>
  );
}
