import { DeleteOutlined, DownOutlined } from '@ant-design/icons';
import { Button, Input, Popover } from 'antd';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { prefer, usePreferences, type SavedView } from '../session/preferences.js';
import { useText } from '../texts/text-provider.js';

const MOST = 20;
/** What is open, or whom it is about: no part of a view. */
const PASSING = ['sel', 'tab', 'send', 'live', 'at', 'recipient', 'q'];

function viewQuery(search: string): string {
  const query = new URLSearchParams(search);
  for (const name of PASSING) query.delete(name);
  return query.toString();
}

/** Lists as somebody likes to look at them, by name, kept in this browser. */
export function SavedViews(): ReactNode {
  const t = useText();
  const { pathname, search } = useLocation();
  const [isOpen, setOpen] = useState(false);
  const { views } = usePreferences();
  const here = views.filter(({ path }) => path === pathname);
  const current = here.find(({ query }) => query === viewQuery(search));
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      title={t('views.title')}
      content={<Views views={here} onDone={() => setOpen(false)} />}
    >
      <Button aria-expanded={isOpen}>
        {current?.name ?? t('views.title')} <DownOutlined aria-hidden />
      </Button>
    </Popover>
  );
}

function Views({ views, onDone }: { readonly views: readonly SavedView[]; readonly onDone: () => void }): ReactNode {
  const t = useText();
  const all = usePreferences().views;
  return (
    <div className="saved-views stack">
      {views.length === 0 && <p className="muted">{t('views.none')}</p>}
      <ul>
        {views.map((view) => (
          <li key={view.name} className="row-tight">
            <Link to={`${view.path}?${view.query}`} className="grow" onClick={onDone}>
              {view.name}
            </Link>
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('views.remove', { name: view.name })}
              onClick={() => prefer({ views: all.filter((other) => other !== view) })}
            />
          </li>
        ))}
      </ul>
      {all.length < MOST && <NewView onDone={onDone} />}
    </div>
  );
}

function NewView({ onDone }: { readonly onDone: () => void }): ReactNode {
  const t = useText();
  const { views } = usePreferences();
  const { pathname, search } = useLocation();
  const [name, setName] = useState('');
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = name.trim();
    if (wanted === '') return;
    const others = views.filter((view) => view.name !== wanted || view.path !== pathname);
    prefer({ views: [...others, { name: wanted, path: pathname, query: viewQuery(search) }] });
    setName('');
    onDone();
  };
  return (
    <form onSubmit={save} className="stack">
      <div className="row-tight">
        <Input
          aria-label={t('views.name')}
          placeholder={t('views.name')}
          value={name}
          maxLength={40}
          onChange={({ target }) => setName(target.value)}
        />
        <Button htmlType="submit">{t('views.do')}</Button>
      </div>
      <p className="small muted">{t('views.lead', { most: MOST })}</p>
    </form>
  );
}
