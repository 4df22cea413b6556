import { Button, Tooltip, type ButtonProps } from 'antd';
import { createContext, useContext, type ReactNode } from 'react';
import type { Me, Scope } from '../api/types.js';
import { useText } from '../texts/text-provider.js';

const FOCUS_TOO = ['hover' as const, 'focus' as const];

export const MeContext = createContext<Me | undefined>(undefined);

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('Nobody is signed in');
  return me;
}

export function useMay(): (scope: Scope) => boolean {
  const { scopes } = useMe();
  return (scope) => scopes.includes(scope);
}

/** A button that stays in sight without its scope and says which one is missing. */
export function GatedButton({ scope, children, onClick, ...rest }: ButtonProps & { readonly scope: Scope }): ReactNode {
  const t = useText();
  const may = useMay();
  if (may(scope)) {
    return (
      <Button {...rest} {...(onClick && { onClick })}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip trigger={FOCUS_TOO} title={t('permission.missing', { scope })}>
      <Button {...rest} aria-disabled className="is-barred">
        {children}
      </Button>
    </Tooltip>
  );
}

/** A page, or why it is not there. */
export function Gate({ scope, children }: { readonly scope: Scope; readonly children: ReactNode }): ReactNode {
  const t = useText();
  const { scopes, keyName } = useMe();
  if (scopes.includes(scope)) return children;
  return (
    <div className="page">
      <h1 className="hidden">{t('permission.title')}</h1>
      <div className="card empty">{t('permission.page', { scope, name: keyName })}</div>
    </div>
  );
}
