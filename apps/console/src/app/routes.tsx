import { lazy, Suspense, type ComponentType, type LazyExoticComponent, type ReactNode } from 'react';
import { Link, Route, Routes } from 'react-router';
import type { Scope } from '../api/types.js';
import { useText } from '../texts/text-provider.js';
import { Gate } from '../ui/gate.js';

interface PageRoute {
  readonly path: string;
  readonly scope: Scope;
  readonly page: LazyExoticComponent<ComponentType>;
}

const ROUTES: readonly PageRoute[] = [
  { path: '/', scope: 'messages:read', page: lazy(() => import('../pages/overview/overview-page.js')) },
  { path: '/messages', scope: 'messages:read', page: lazy(() => import('../pages/messages/messages-page.js')) },
  { path: '/messages/:id', scope: 'messages:read', page: lazy(() => import('../pages/messages/message-page.js')) },
  { path: '/why', scope: 'messages:read', page: lazy(() => import('../pages/why/why-page.js')) },
  { path: '/rejections', scope: 'messages:read', page: lazy(() => import('../pages/rejections/rejections-page.js')) },
  { path: '/recalls', scope: 'recalls:read', page: lazy(() => import('../pages/recalls/recalls-page.js')) },
  { path: '/recalls/new', scope: 'messages:recall', page: lazy(() => import('../pages/recalls/new-recall-page.js')) },
  { path: '/recalls/:id', scope: 'recalls:read', page: lazy(() => import('../pages/recalls/recall-page.js')) },
  {
    path: '/dead-letters',
    scope: 'queues:read',
    page: lazy(() => import('../pages/dead-letters/dead-letters-page.js')),
  },
  { path: '/queues', scope: 'queues:read', page: lazy(() => import('../pages/queues/queues-page.js')) },
  { path: '/templates', scope: 'templates:read', page: lazy(() => import('../pages/templates/templates-page.js')) },
  {
    path: '/templates/:code',
    scope: 'templates:read',
    page: lazy(() => import('../pages/templates/template-page.js')),
  },
  { path: '/accounts', scope: 'accounts:read', page: lazy(() => import('../pages/accounts/accounts-page.js')) },
  { path: '/accounts/:code', scope: 'accounts:read', page: lazy(() => import('../pages/accounts/account-page.js')) },
  { path: '/imports', scope: 'imports:read', page: lazy(() => import('../pages/imports/imports-page.js')) },
  { path: '/imports/new', scope: 'imports:write', page: lazy(() => import('../pages/imports/new-import-page.js')) },
  { path: '/imports/:id', scope: 'imports:read', page: lazy(() => import('../pages/imports/import-page.js')) },
  { path: '/directory', scope: 'directory:read', page: lazy(() => import('../pages/directory/directory-page.js')) },
  { path: '/webhooks', scope: 'webhooks:read', page: lazy(() => import('../pages/webhooks/webhooks-page.js')) },
  { path: '/webhooks/:id', scope: 'webhooks:read', page: lazy(() => import('../pages/webhooks/webhook-page.js')) },
  { path: '/audit', scope: 'audit:read', page: lazy(() => import('../pages/audit/audit-page.js')) },
  { path: '/callers', scope: 'keys:write', page: lazy(() => import('../pages/callers/callers-page.js')) },
  { path: '/api-keys', scope: 'keys:write', page: lazy(() => import('../pages/api-keys/api-keys-page.js')) },
  { path: '/sandbox', scope: 'queues:read', page: lazy(() => import('../pages/sandbox/sandbox-page.js')) },
];

export function Pages(): ReactNode {
  return (
    <Suspense fallback={<div className="page" role="status" aria-busy="true" />}>
      <Routes>
        {ROUTES.map(({ path, scope, page: PageOfRoute }) => (
          <Route
            key={path}
            path={path}
            element={
              <Gate scope={scope}>
                <PageOfRoute />
              </Gate>
            }
          />
        ))}
        <Route path="*" element={<NoSuchPage />} />
      </Routes>
    </Suspense>
  );
}

function NoSuchPage(): ReactNode {
  const t = useText();
  return (
    <div className="page">
      <h1 className="hidden">{t('page.missing')}</h1>
      <div className="card empty">
        {t('page.missing')}
        <div className="row">
          <Link to="/">{t('nav.overview')}</Link>
        </div>
      </div>
    </div>
  );
}
