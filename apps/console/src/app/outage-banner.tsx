import { Button } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { usePreferences } from '../session/preferences.js';
import { useText } from '../texts/text-provider.js';
import { instant } from '../ui/format.js';
import { tryAgain, useOutage } from './outage.js';

const TICK_MS = 1_000;

/** Over every page while the service does not answer: how old the page is, and when it is tried next. */
export function OutageBanner(): ReactNode {
  const t = useText();
  const zone = usePreferences();
  const outage = useOutage();
  const now = useNow(outage !== undefined);
  if (!outage) return null;
  const seconds = Math.max(0, Math.ceil((outage.nextTryAt - now) / TICK_MS));
  const time = instant(new Date(outage.since).toISOString(), zone).slice(0, 8);
  return (
    <div className="outage notice is-danger">
      <span role="alert">
        {t('outage.text')} {t('outage.age', { time })}
      </span>
      <span className="num muted">{t('outage.next', { seconds })}</span>
      <Button size="small" onClick={() => void tryAgain()}>
        {t('outage.now')}
      </Button>
    </div>
  );
}

function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isTicking) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}
