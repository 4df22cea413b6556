import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { preferences } from '../session/preferences.js';
import { useMay, useMe } from '../ui/gate.js';
import { useAddress } from './address.js';
import { navigationFor } from './navigation.js';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input,textarea,select,[contenteditable],[role="combobox"]') !== null;

const isFind = ({ ctrlKey, key }: KeyboardEvent): boolean => (ctrlKey ? key === 'k' : key === '/');

/** `g` and a letter go to a page, `/` finds, `n` sends a test. Never while somebody types or composes. */
export function useShortcuts(): void {
  const navigate = useNavigate();
  const me = useMe();
  const may = useMay();
  const address = useAddress();
  const isGoing = useRef(false);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.isComposing || event.altKey || event.metaKey || isTyping(event.target)) return;
      if (isFind(event)) {
        event.preventDefault();
        document.getElementById('find')?.focus();
        return;
      }
      if (event.ctrlKey || !preferences().hasShortcuts) return;
      const entries = navigationFor(me).flatMap((group) => group.entries);
      const entry = isGoing.current ? entries.find(({ key }) => key === event.key) : undefined;
      isGoing.current = event.key === 'g';
      if (entry) void navigate(entry.path);
      else if (event.key === 'n' && may('messages:send')) address.set({ send: '1' });
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [navigate, me, may, address]);
}
