import { Button, Switch } from 'antd';
import type { ReactNode } from 'react';
import { usePreferences } from '../session/preferences.js';
import { useText } from '../texts/text-provider.js';
import { instant } from '../ui/format.js';

/** Says how old the page is: live, or a snapshot with its time. */
export function LiveNote({ seconds, at }: { readonly seconds: number; readonly at: number }): ReactNode {
  const t = useText();
  const zone = usePreferences();
  const time = at > 0 ? instant(new Date(at).toISOString(), zone).slice(0, 8) : '';
  return (
    <span className="live small muted num">
      {t('live.on', { seconds })} · {time}
    </span>
  );
}

export interface SnapshotProps {
  readonly at: number;
  readonly isLive: boolean;
  readonly reload: () => void;
  readonly setLive: (isLive: boolean) => void;
}

export function Snapshot({ at, isLive, reload, setLive }: SnapshotProps): ReactNode {
  const t = useText();
  const zone = usePreferences();
  const time = at > 0 ? instant(new Date(at).toISOString(), zone).slice(0, 8) : '…';
  return (
    <>
      <span className={`live small muted num ${isLive ? '' : 'is-off'}`}>
        {isLive ? `${t('live.on', { seconds: 5 })} · ${time}` : t('live.snapshot', { time })}
      </span>
      <Button onClick={reload} data-key=".">
        {t('action.refresh')}
      </Button>
      <span className="row-tight">
        <Switch size="small" checked={isLive} onChange={setLive} data-key="l" aria-label={t('live.label')} />
        <span className="small second">{t('live.label')}</span>
      </span>
    </>
  );
}
