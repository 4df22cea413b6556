import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import antEn from 'antd/locale/en_US';
import antZh from 'antd/locale/zh_CN';
import { useMemo, useState, type ReactNode } from 'react';
import { BrowserRouter } from 'react-router';
import { ApiError } from '../api/client.js';
import type { Me } from '../api/types.js';
import { NONCE } from '../nonce.js';
import { usePreferences } from '../session/preferences.js';
import '../ui/frame.css';
import { MeContext } from '../ui/gate.js';
import { Frame } from './frame.js';
import { antThemeOf } from './theme.js';

const TRIES = 3;
const WAITS_MS = [1_000, 5_000, 10_000];

/** Refusals stay refusals; what is away is asked again. */
const queries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        refetchOnWindowFocus: false,
        refetchIntervalInBackground: false,
        retry: (failures, error) =>
          failures < TRIES && error instanceof ApiError && (error.status === 0 || error.status === 503),
        retryDelay: (attempt) => WAITS_MS[attempt] ?? 10_000,
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
