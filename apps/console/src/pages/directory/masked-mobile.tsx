import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Person } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { maskMobile } from '../../ui/format.js';

/** Nobody reads over a shoulder what nobody asked for. */
export function MaskedMobile({ of: { mobile, name } }: { readonly of: Person }): ReactNode {
  const t = useText();
  const [isShown, setShown] = useState(false);
  if (mobile === null) return <span className="muted">—</span>;
  return (
    <span className="row-tight">
      <span className="mono num">{isShown ? mobile : maskMobile(mobile)}</span>
      {!isShown && (
        <Button size="small" type="text" aria-label={t('people.showMobile', { name })} onClick={() => setShown(true)}>
          {t('people.show')}
        </Button>
      )}
    </span>
  );
}
