import { BulbOutlined, SearchOutlined, SendOutlined, UserOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Input, type MenuProps } from 'antd';
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { prefer, usePreferences } from '../session/preferences.js';
import { closeSession } from '../session/session.js';
import { useText } from '../texts/text-provider.js';
import { useMay, useMe } from '../ui/gate.js';
import { Moment } from '../ui/moment.js';
import { StatusTag } from '../ui/status-tag.js';
import { useAddress } from './address.js';

const PreferencesDialog = lazy(async () => ({ default: (await import('./preferences-dialog.js')).PreferencesDialog }));

const READY_EVERY_MS = 15_000;

export function TopBar({ menu }: { readonly menu: ReactNode }): ReactNode {
  const t = useText();
  const me = useMe();
  const may = useMay();
  const address = useAddress();
  const { language, theme } = usePreferences();
  return (
    <header className="top">
      {menu}
      <Find />
      <div className="top-gap" />
      {me.server.sandbox && <span className="mark hide-narrow">{t('frame.sandbox')}</span>}
      <Readiness />
      {may('messages:send') && (
        <Button icon={<SendOutlined />} onClick={() => address.set({ send: '1' })} aria-label={t('send.title')}>
          <span className="hide-narrow">{t('send.open')}</span>
        </Button>
      )}
      <Button
        type="text"
        className="hide-narrow"
        onClick={() => prefer({ language: language === 'zh' ? 'en' : 'zh' })}
        title={t('frame.language')}
      >
        {language === 'zh' ? 'EN' : '中文'}
      </Button>
      <Button
        type="text"
        className="hide-narrow"
        icon={<BulbOutlined />}
        onClick={() => prefer({ theme: theme === 'dark' ? 'light' : 'dark' })}
        aria-label={t(theme === 'dark' ? 'theme.light' : 'theme.dark')}
        title={t(theme === 'dark' ? 'theme.light' : 'theme.dark')}
      />
      <UserMenu />
    </header>
  );
}

/** One box for everything; what it is, the page decides. */
function Find(): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const isComposing = useRef(false);
  const find = (): void => {
    const query = text.trim();
    if (query === '' || isComposing.current) return;
    setText('');
    void navigate(`/why?q=${encodeURIComponent(query)}`);
  };
  return (
    <Input
      id="find"
      className="top-search"
      prefix={<SearchOutlined aria-hidden />}
      suffix={<kbd className="muted small">/</kbd>}
      placeholder={t('frame.find')}
      aria-label={t('frame.find')}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onCompositionStart={() => (isComposing.current = true)}
      onCompositionEnd={() => (isComposing.current = false)}
      onPressEnter={find}
    />
  );
}

async function askReadiness(): Promise<string> {
  try {
    const answer = await fetch('/health/ready');
    const { status } = (await answer.json()) as { readonly status?: string };
    return answer.ok ? (status ?? 'ok') : 'unavailable';
  } catch {
    return 'unavailable';
  }
}

function Readiness(): ReactNode {
  const navigate = useNavigate();
  const t = useText();
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['ready'],
    queryFn: askReadiness,
    networkMode: 'always',
    refetchInterval: READY_EVERY_MS,
  });
  if (data === undefined) return null;
  return (
    <button
      type="button"
      className="plain"
      title={t('frame.readiness')}
      aria-disabled={!may('queues:read')}
      onClick={() => may('queues:read') && void navigate('/queues')}
    >
      <StatusTag status={data} />
    </button>
  );
}

function UserMenu(): ReactNode {
  const t = useText();
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const items: MenuProps['items'] = [
    {
      key: 'who',
      disabled: true,
      label: (
        <div className="small">
          <div className="strong">{me.keyName}</div>
          <div>{t('user.preset', { preset: me.preset, caller: me.caller })}</div>
          {me.expiresAt !== null && (
            <div>
              {t('user.expires')} <Moment at={me.expiresAt} />
            </div>
          )}
        </div>
      ),
    },
    { type: 'divider' },
    { key: 'preferences', label: t('prefs.title'), onClick: () => setOpen(true) },
    { type: 'divider' },
    { key: 'out', label: t('user.signOut'), onClick: () => closeSession('signed-out') },
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <Button type="text" icon={<UserOutlined />} aria-label={t('user.menu', { name: me.keyName })}>
          <span className="hide-narrow">{me.keyName}</span>
        </Button>
      </Dropdown>
      {isOpen && (
        <Suspense fallback={null}>
          <PreferencesDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
