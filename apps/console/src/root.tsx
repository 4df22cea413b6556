import { lazy, Suspense, type ReactNode } from 'react';
import { usePreferences } from './session/preferences.js';
import { useSession } from './session/session.js';
import { SignIn } from './session/sign-in.js';
import { TextProvider } from './texts/text-provider.js';

/** Everything behind the sign-in is another file, so that the sign-in is there at once. */
const Console = lazy(() => import('./app/console.js'));

export function Root(): ReactNode {
  const { language, theme } = usePreferences();
  const session = useSession();
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.documentElement.dataset['theme'] = theme;
  return (
    <TextProvider language={language}>
      {session.state === 'open' && (
        <Suspense fallback={<div className="boot" role="status" aria-busy="true" />}>
          <Console me={session.me} />
        </Suspense>
      )}
      {session.state === 'closed' && <SignIn ended={session.ended} />}
    </TextProvider>
  );
}
