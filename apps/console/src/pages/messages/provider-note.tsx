import type { ReactNode } from 'react';
import type { Provider } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';

/** What the vendor said, what it means, and what to do. */
export function ProviderNote({ provider }: { readonly provider: Provider | undefined }): ReactNode {
  const t = useText();
  if (!provider) return null;
  return (
    <div className="small second">
      <span className="mono">{[provider.name, provider.code].filter(Boolean).join(' ')}</span>{' '}
      {provider.text ?? provider.message}
      {provider.hint !== undefined && <div>→ {provider.hint}</div>}
      {provider.supportId !== undefined && (
        <div className="muted">
          {t('provider.supportId')} <span className="mono">{provider.supportId}</span>
        </div>
      )}
    </div>
  );
}
