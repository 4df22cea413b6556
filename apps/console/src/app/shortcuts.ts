import { App } from 'antd';
import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { preferences } from '../session/preferences.js';
import { useText } from '../texts/text-provider.js';
import { useMay, useMe } from '../ui/gate.js';
import { useAddress } from './address.js';
import { navigationFor } from './navigation.js';

/** Keys that press what bears them on the page: `data-key`. */
const PRESSING: readonly string[] = ['f', '.', 'l', 'e', '[', ']'];
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input,textarea,select,[contenteditable],[role="combobox"]') !== null;

const isFind = ({ ctrlKey, key }: KeyboardEvent): boolean => (ctrlKey ? key === 'k' : key === '/');

/** What is on top: a drawer or dialog before the page. */
function pressed(key: string): boolean {
  const bearers = [...document.querySelectorAll<HTMLElement>(`[data-key="${key}"]`)].filter(
    (element) => element.getClientRects().length > 0,
  );
  bearers.at(-1)?.click();
  return bearers.length > 0;
}

/** Moves the focus among the rows of the table that has it, or of the first one. */
function stepRows(by: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('.body tr[data-row]')];
  const current = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[current === -1 ? 0 : current + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}

/** `g` and a letter go to a page, `/` finds; the others are listed by `?`. Never while somebody types or composes. */
export function useShortcuts(showHelp: () => void): void {
  const t = useText();
  const navigate = useNavigate();
  const me = useMe();
  const may = useMay();
  const address = useAddress();
  const { message } = App.useApp();
  const isGoing = useRef(false);
  useEffect(() => {
    const copy = (text: string | undefined): void => {
      if (text === undefined) return;
      void navigator.clipboard.writeText(text).then(
        () => message.success(t('keyboard.copied', { text })),
        () => message.error(t('copy.failed')),
      );
    };
    const actions: Readonly<Record<string, () => void>> = {
      '?': showHelp,
      j: () => stepRows(1),
      k: () => stepRows(-1),
      n: () => may('messages:send') && address.set({ send: '1' }),
      y: () => copy(location.href),
      c: () => copy(UUID.exec(location.search)?.[0] ?? UUID.exec(location.pathname)?.[0]),
    };
    const act = (key: string): void => {
      if (PRESSING.includes(key)) pressed(key);
      else actions[key]?.();
    };
    const press = (event: KeyboardEvent): void => {
      if (event.isComposing || event.altKey || event.metaKey || isTyping(event.target)) return;
      if (isFind(event)) {
        event.preventDefault();
        document.getElementById('find')?.focus();
        return;
      }
      if (event.ctrlKey || !preferences().hasShortcuts) return;
      const wasGoing = isGoing.current;
      isGoing.current = event.key === 'g';
      if (!wasGoing) return act(event.key);
      const entries = navigationFor(me).flatMap((group) => group.entries);
      const entry = entries.find(({ key }) => key === event.key);
      if (entry) void navigate(entry.path);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [navigate, me, may, address, message, showHelp, t]);
}
