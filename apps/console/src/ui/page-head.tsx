import { useEffect, type ReactNode } from 'react';
import { useText } from '../texts/text-provider.js';

export interface PageHeadProps {
  readonly title: ReactNode;
  /** Of the browser tab, when `title` is more than a text. */
  readonly name?: string;
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
}

/** The one h1 of a page, a sentence, and the actions. */
export function PageHead({ title, name, lead, children }: PageHeadProps): ReactNode {
  const t = useText();
  const tab = name ?? (typeof title === 'string' ? title : undefined);
  useEffect(() => {
    if (tab !== undefined) document.title = `${tab} · ${t('app.name')}`;
  }, [tab, t]);
  return (
    <div className="page-head">
      <h1>{title}</h1>
      {lead !== undefined && <span className="lead">{lead}</span>}
      <div className="actions">{children}</div>
    </div>
  );
}
