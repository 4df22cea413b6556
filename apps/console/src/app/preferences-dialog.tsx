import { Modal, Segmented, Select, Switch } from 'antd';
import { useId, type ReactNode } from 'react';
import { prefer, usePreferences, type Preferences } from '../session/preferences.js';
import { useText, type TextKey } from '../texts/text-provider.js';
import { useMe } from '../ui/gate.js';

const CHINA = 'Asia/Shanghai';
const LANGUAGES = ['zh', 'en'] as const;

/** What this browser remembers of how its user likes the console. Choices work at once. */
export function PreferencesDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useText();
  const { server } = useMe();
  const { density, hasShortcuts, isLive, language, theme } = usePreferences();
  return (
    <Modal open title={t('prefs.title')} footer={null} onCancel={onClose} width={480}>
      <div className="stack">
        <Choice name="prefs.language">
          <Segmented
            aria-label={t('prefs.language')}
            value={language}
            onChange={(value: string) => prefer({ language: value as Preferences['language'] })}
            options={LANGUAGES.map((value) => ({ value, label: t(`prefs.in.${value}`) }))}
          />
        </Choice>
        <Choice name="prefs.theme">
          <Segmented
            aria-label={t('prefs.theme')}
            value={theme}
            onChange={(value: string) => prefer({ theme: value as Preferences['theme'] })}
            options={(['light', 'dark'] as const).map((value) => ({ value, label: t(`theme.${value}`) }))}
          />
        </Choice>
        <Choice name="prefs.density">
          <Segmented
            aria-label={t('prefs.density')}
            value={density}
            onChange={(value: string) => prefer({ density: value as Preferences['density'] })}
            options={(['normal', 'compact'] as const).map((value) => ({ value, label: t(`prefs.${value}`) }))}
          />
        </Choice>
        <TimeZone />
        <Toggle name="prefs.shortcuts" isOn={hasShortcuts} onChange={(next) => prefer({ hasShortcuts: next })} />
        <Toggle name="prefs.live" isOn={isLive} onChange={(next) => prefer({ isLive: next })} />
        <p className="small muted">
          {t('prefs.kept')} {t('prefs.version', { version: server.version, zone: server.timeZone })}
        </p>
      </div>
    </Modal>
  );
}

function TimeZone(): ReactNode {
  const t = useText();
  const { timeZone } = usePreferences();
  const ofBrowser = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [
    { value: CHINA, label: t('prefs.zone.china') },
    ...(ofBrowser === CHINA || ofBrowser === 'UTC'
      ? []
      : [{ value: ofBrowser, label: t('prefs.zone.browser', { zone: ofBrowser }) }]),
    { value: 'UTC', label: t('prefs.zone.utc') },
  ];
  return (
    <Choice name="prefs.timeZone">
      <Select
        aria-label={t('prefs.timeZone')}
        value={timeZone}
        onChange={(value) => prefer({ timeZone: value })}
        options={zones}
        style={{ width: 220 }}
      />
    </Choice>
  );
}

interface ToggleProps {
  readonly name: TextKey;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Toggle({ name, isOn, onChange }: ToggleProps): ReactNode {
  const t = useText();
  return (
    <Choice name={name}>
      <Switch checked={isOn} onChange={onChange} aria-label={t(name)} />
    </Choice>
  );
}

function Choice({ name, children }: { readonly name: TextKey; readonly children: ReactNode }): ReactNode {
  const t = useText();
  const id = useId();
  return (
    <div className="choice" role="group" aria-labelledby={id}>
      <span id={id}>{t(name)}</span>
      {children}
    </div>
  );
}
