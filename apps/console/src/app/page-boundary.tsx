import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { useText } from '../texts/text-provider.js';

interface BoundaryProps {
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly isBroken: boolean;
}

/** A page that cannot be loaded or drawn takes nothing else with it: the frame stays, and it can be tried again. */
export class PageBoundary extends Component<BoundaryProps, BoundaryState> {
  override readonly state: BoundaryState = { isBroken: false };

  static getDerivedStateFromError(): BoundaryState {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}

function Broken(): ReactNode {
  const t = useText();
  return (
    <div className="page">
      <h1 className="hidden">{t('page.broken')}</h1>
      <div className="card empty" role="alert">
        {t('page.broken')}
        <div className="row">
          <Button onClick={() => location.reload()}>{t('action.retry')}</Button>
        </div>
      </div>
    </div>
  );
}
