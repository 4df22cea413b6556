import { MenuOutlined, MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { lazy, Suspense, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { prefer, usePreferences } from '../session/preferences.js';
import { useText } from '../texts/text-provider.js';
import { useMe } from '../ui/gate.js';
import goose from '../ui/goose.svg';
import { useAddress } from './address.js';
import { navigationFor, type NavEntry } from './navigation.js';
import { OutageBanner } from './outage-banner.js';
import { PageBoundary } from './page-boundary.js';
import { Pages } from './routes.js';
import { useShortcuts } from './shortcuts.js';
import { TopBar } from './top-bar.js';
import { useWorkCount } from './work-count.js';

const TestSend = lazy(() => import('../pages/send/test-send-drawer.js'));
const Keyboard = lazy(async () => ({ default: (await import('./keyboard-dialog.js')).KeyboardDialog }));

/** Navigation, top bar, and the page. */
export function Frame(): ReactNode {
  const t = useText();
  const { isCollapsed } = usePreferences();
  const { pathname } = useLocation();
  const [isOpen, setOpen] = useState(false);
  const body = useRef<HTMLElement>(null);
  const address = useAddress();
  const [hasHelp, setHelp] = useState(false);
  useShortcuts(useCallback(() => setHelp(true), []));
  useEffect(() => {
    setOpen(false);
    body.current?.scrollTo(0, 0);
  }, [pathname]);
  return (
    <>
      <a className="skip" href="#content">
        {t('frame.skip')}
      </a>
      <div className={`frame ${isCollapsed ? 'is-collapsed' : ''}`}>
        <Side isOpen={isOpen} />
        <div className="main-area">
          <TopBar
            menu={
              <Button
                className="menu-button"
                type="text"
                icon={<MenuOutlined />}
                aria-label={t('frame.menu')}
                aria-expanded={isOpen}
                onClick={() => setOpen(!isOpen)}
              />
            }
          />
          <OutageBanner />
          <main id="content" ref={body} className="body" tabIndex={-1}>
            <PageBoundary key={pathname}>
              <Pages />
            </PageBoundary>
          </main>
        </div>
      </div>
      {address.get('send') !== '' && (
        <Suspense fallback={null}>
          <TestSend />
        </Suspense>
      )}
      {hasHelp && (
        <Suspense fallback={null}>
          <Keyboard onClose={() => setHelp(false)} />
        </Suspense>
      )}
    </>
  );
}

function Side({ isOpen }: { readonly isOpen: boolean }): ReactNode {
  const t = useText();
  const me = useMe();
  const { isCollapsed } = usePreferences();
  const toggle = t(isCollapsed ? 'frame.expand' : 'frame.collapse');
  return (
    <div className={`side ${isOpen ? 'is-open' : ''}`}>
      <Link to="/" className="brand">
        <img src={goose} alt="" />
        <span>{t('app.name')}</span>
      </Link>
      <nav aria-label={t('frame.navigation')}>
        {navigationFor(me).map(({ title, entries }) => (
          <div key={entries[0]?.path}>
            {title && <h2>{t(title)}</h2>}
            <ul>
              {entries.map((entry) => (
                <li key={entry.path}>
                  <Entry entry={entry} isCollapsed={isCollapsed} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="side-foot">
        <Button
          type="text"
          block
          icon={isCollapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
          aria-label={toggle}
          title={toggle}
          onClick={() => prefer({ isCollapsed: !isCollapsed })}
        />
      </div>
    </div>
  );
}

function Entry({ entry, isCollapsed }: { readonly entry: NavEntry; readonly isCollapsed: boolean }): ReactNode {
  const t = useText();
  const work = useWorkCount();
  const { path, text, icon: Icon } = entry;
  const count = path === '/dead-letters' ? work : undefined;
  return (
    <Tooltip title={isCollapsed ? t(text) : ''} placement="right">
      <NavLink to={path} end={path === '/'} className="nav-link">
        <Icon aria-hidden />
        <span className="nav-text">{t(text)}</span>
        {count !== undefined && count !== '0' && <span className="count">{count}</span>}
      </NavLink>
    </Tooltip>
  );
}
