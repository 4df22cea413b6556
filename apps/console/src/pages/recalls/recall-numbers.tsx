import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../../texts/text-provider.js';
import { count } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { ReasonText } from '../../ui/reason-text.js';
import type { Planned } from './recall-wish.js';

interface NumbersProps {
  readonly planned: Planned;
  readonly isBusy: boolean;
  readonly onAgain: () => void;
}

/** The blast radius, before anything happens. */
export function RecallNumbers({ planned, isBusy, onAgain }: NumbersProps): ReactNode {
  const t = useText();
  const { at, before, preview } = planned;
  const { counts, reasons, messages, examined } = preview;
  const rows = [
    { key: 'canceled', text: t('kill.willCancel') },
    { key: 'recallable', text: t('kill.willRecall') },
    { key: 'failed', text: t('kill.cannot') },
    { key: 'uncertain', text: t('kill.uncertain') },
  ];
  return (
    <section className="card stack" aria-live="polite">
      <div className="row">
        <h2 className="grow">{t('kill.result')}</h2>
        <span className="small muted">
          {t('kill.at')} <Moment at={new Date(at).toISOString()} />
        </span>
        <Button size="small" loading={isBusy} onClick={onAgain}>
          {t('kill.again')}
        </Button>
      </div>
      {before !== undefined && (
        <div className="notice is-danger" role="alert">
          <strong>
            {before === messages
              ? t('kill.expired')
              : t('kill.stale', { messages: count(messages), before: count(before) })}
          </strong>
        </div>
      )}
      <p>{t('kill.found', { messages: count(messages) })}</p>
      {examined < messages && <p className="danger-text">{t('kill.examined', { examined: count(examined) })}</p>}
      <div className="groups">
        {rows.map(({ key, text }) => (
          <div key={key} className="group">
            <div className="figure">{count(counts[key] ?? 0)}</div>
            <div className="small second">{text}</div>
          </div>
        ))}
      </div>
      <div className="row small second">
        {Object.entries(reasons).map(([code, number]) => (
          <ReasonText key={code} code={code} count={number} />
        ))}
      </div>
    </section>
  );
}
