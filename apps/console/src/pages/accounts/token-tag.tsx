import type { ReactNode } from 'react';
import type { Account } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { Moment } from '../../ui/moment.js';
import { ToneTag, type Tone } from '../../ui/status-tag.js';

const TONES: Readonly<Record<string, Tone>> = { valid: 'ok', none: 'neutral', expired: 'partial', failing: 'danger' };

export function TokenTag({ token }: { readonly token: Account['token'] | undefined }): ReactNode {
  const t = useText();
  if (!token) return <span className="muted">{t('token.unused')}</span>;
  return (
    <span className="row">
      <ToneTag tone={TONES[token.state] ?? 'neutral'}>{t(`token.${token.state}`)}</ToneTag>
      {token.expiresAt !== undefined && (
        <span className="small muted">
          {t('token.until')} <Moment at={token.expiresAt} />
        </span>
      )}
    </span>
  );
}
