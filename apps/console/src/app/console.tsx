import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import antEn from 'antd/locale/en_US';
import antZh from 'antd/locale/zh_CN';
import { useMemo, useState, type ReactNode } from 'react';
import { BrowserRouter } from 'react-router';
import type { Me } from '../api/types.js';
import { NONCE } from '../nonce.js';
import { usePreferences } from '../session/preferences.js';
import '../ui/frame.css';
import { MeContext } from '../ui/gate.js';
import { Frame } from './frame.js';
import { isOutage, reportOutage } from './outage.js';
import { antThemeOf } from './theme.js';

const TRIES = 3;
const RETRY_MS = 500;

/** Refusals stay refusals; what is away is asked again once it is back. */
const queries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        refetchOnWindowFocus: false,
        refetchIntervalInBackground: false,
        retry: (failures, error) => {
          if (!isOutage(error)) return false;
          reportOutage();
          return failures < TRIES;
        },
        retryDelay: RETRY_MS,
      },
    },
  });

/** Everything behind the sign-in. */
export default function Console({ me }: { readonly me: Me }): ReactNode {
  const preferences = usePreferences();
  const [client] = useState(queries);
  const theme = useMemo(() => antThemeOf(preferences), [preferences]);
  return (
    <ConfigProvider
      button={{ autoInsertSpace: false }}
      csp={{ nonce: NONCE }}
      theme={theme}
      locale={preferences.language === 'zh' ? antZh : antEn}
    >
      <App className="fill" component={false}>
        <QueryClientProvider client={client}>
          <MeContext value={me}>
            <BrowserRouter basename="/console">
              <Frame />
            </BrowserRouter>
          </MeContext>
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  );
}
