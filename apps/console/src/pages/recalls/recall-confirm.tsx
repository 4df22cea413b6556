import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../../texts/text-provider.js';
import { count } from '../../ui/format.js';
import { cannotOf, takesOf, type Planned } from './recall-wish.js';

interface ConfirmProps {
  readonly planned: Planned;
  readonly isBusy: boolean;
  /** Frozen: those of the preview only, whatever came since. */
  readonly onRun: (isFrozen: boolean) => void;
}

/** The code, or the number, has to be typed: a click alone stops nothing. */
export function RecallConfirm({ planned, isBusy, onRun }: ConfirmProps): ReactNode {
  const t = useText();
  const [typed, setTyped] = useState('');
  const { before, preview, wish } = planned;
  const takes = takesOf(preview);
  const wanted = wish.by === 'template' ? (wish.template ?? '') : String(takes);
  const isOff = typed.trim() !== wanted;
  return (
    <section className="card stack">
      <h2>{t('kill.confirm')}</h2>
      <p>
        {t('kill.sentence', {
          canceled: count(preview.counts['canceled'] ?? 0),
          recallable: count(preview.counts['recallable'] ?? 0),
          cannot: count(cannotOf(preview)),
          disable: wish.disableTemplate ? 'yes' : 'no',
        })}
      </p>
      <div className="row">
        <label htmlFor="kill-typed">{t('confirm.type', { wanted })}</label>
        <Input
          id="kill-typed"
          autoComplete="off"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          style={{ width: 240 }}
        />
        <Button danger type="primary" disabled={isOff} loading={isBusy} onClick={() => onRun(false)}>
          {t('kill.run', { count: count(takes) })}
        </Button>
        {before !== undefined && wish.by === 'template' && (
          <Button danger disabled={isOff} loading={isBusy} onClick={() => onRun(true)}>
            {t('kill.asPreviewed')}
          </Button>
        )}
      </div>
    </section>
  );
}
