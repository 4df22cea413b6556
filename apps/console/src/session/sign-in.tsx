import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useText, type TextKey } from '../texts/text-provider.js';
import { prefer, usePreferences } from './preferences.js';
import { KeyRefused, openSession, type Ending } from './session.js';

const ENDINGS: Readonly<Record<Ending, TextKey | undefined>> = {
  'signed-out': undefined,
  refused: 'signIn.sessionRefused',
  idle: 'signIn.idle',
};

/** 0: there was no answer. */
function faultOf(error: unknown): TextKey {
  if (!(error instanceof KeyRefused) || error.status === 0) return 'signIn.unreachable';
  if (error.status === 401) return 'signIn.invalid';
  if (error.status === 403) return 'signIn.forbidden';
  if (error.status === 429) return 'signIn.throttled';
  return 'signIn.unreachable';
}

export function SignIn({ ended }: { readonly ended?: Ending | undefined }): ReactNode {
  const t = useText();
  const [key, setKey] = useState('');
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<TextKey | undefined>();
  const input = useRef<HTMLInputElement>(null);
  const faultId = useId();
  useEffect(() => {
    input.current?.focus();
    document.title = `${t('signIn.submit')} · ${t('app.name')}`;
  }, [t]);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (key.trim() === '' || isBusy) return;
    setBusy(true);
    setFault(undefined);
    try {
      await openSession(key.trim());
    } catch (error) {
      setFault(faultOf(error));
      setBusy(false);
      input.current?.focus();
    }
  };

  const notice = fault ?? (ended && ENDINGS[ended]);
  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={(event) => void submit(event)} noValidate>
        <SignInHead />
        <label className="sign-in-label" htmlFor="key">
          {t('signIn.key')}
        </label>
        <div className="sign-in-field">
          <input
            ref={input}
            id="key"
            type={isShown ? 'text' : 'password'}
            value={key}
            onChange={({ target }) => setKey(target.value)}
            autoComplete="off"
            spellCheck={false}
            placeholder="hy_…"
            aria-invalid={fault !== undefined}
            aria-describedby={faultId}
          />
          <button type="button" className="plain" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
            {t(isShown ? 'signIn.hide' : 'signIn.show')}
          </button>
        </div>
        <p id={faultId} className="sign-in-fault" role="alert">
          {notice ? t(notice) : ''}
        </p>
        <button type="submit" className="primary" aria-disabled={isBusy}>
          {t(isBusy ? 'signIn.busy' : 'signIn.submit')}
        </button>
        <p className="sign-in-hint">{t('signIn.kept')}</p>
        <p className="sign-in-hint">{t('signIn.noKey')}</p>
      </form>
    </main>
  );
}

function SignInHead(): ReactNode {
  const t = useText();
  const { language, theme } = usePreferences();
  return (
    <div className="sign-in-head">
      <h1>{t('app.name')}</h1>
      <button type="button" className="plain" onClick={() => prefer({ language: language === 'zh' ? 'en' : 'zh' })}>
        {language === 'zh' ? 'English' : '中文'}
      </button>
      <button type="button" className="plain" onClick={() => prefer({ theme: theme === 'dark' ? 'light' : 'dark' })}>
        {t(theme === 'dark' ? 'theme.light' : 'theme.dark')}
      </button>
    </div>
  );
}
