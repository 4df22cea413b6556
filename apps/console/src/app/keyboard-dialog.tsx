import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { useText, type TextKey } from '../texts/text-provider.js';
import { useMe } from '../ui/gate.js';
import { navigationFor } from './navigation.js';

const KEYS: readonly { readonly keys: readonly string[]; readonly text: TextKey }[] = [
  { keys: ['/'], text: 'keyboard.find' },
  { keys: ['Ctrl', 'K'], text: 'keyboard.find' },
  { keys: ['j'], text: 'keyboard.next' },
  { keys: ['k'], text: 'keyboard.previous' },
  { keys: ['Enter'], text: 'keyboard.open' },
  { keys: ['Esc'], text: 'keyboard.close' },
  { keys: ['['], text: 'keyboard.stepBack' },
  { keys: [']'], text: 'keyboard.stepOn' },
  { keys: ['f'], text: 'keyboard.filters' },
  { keys: ['.'], text: 'keyboard.refresh' },
  { keys: ['l'], text: 'keyboard.live' },
  { keys: ['e'], text: 'keyboard.export' },
  { keys: ['c'], text: 'keyboard.copyId' },
  { keys: ['y'], text: 'keyboard.copyLink' },
  { keys: ['n'], text: 'keyboard.new' },
  { keys: ['?'], text: 'keyboard.help' },
];

/** Every key there is, and where it leads. */
export function KeyboardDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useText();
  const entries = navigationFor(useMe()).flatMap((group) => group.entries);
  const going = entries.flatMap(({ key, text }) =>
    key === undefined ? [] : [{ keys: ['g', key], text: t('keyboard.go', { page: t(text) }) }],
  );
  const lines = [...KEYS.map(({ keys, text }) => ({ keys, text: t(text) })), ...going];
  return (
    <Modal open title={t('keyboard.title')} footer={null} onCancel={onClose} width={640}>
      <p className="small muted">{t('keyboard.lead')}</p>
      <dl className="keyboard">
        {lines.map(({ keys, text }) => (
          <div key={keys.join(' ')}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
