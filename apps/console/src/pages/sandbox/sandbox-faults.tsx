import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { api, bodyOf } from '../../api/client.js';
import type { SandboxFault } from '../../api/types.js';
import { useText, type TextKey } from '../../texts/text-provider.js';
import { GatedButton } from '../../ui/gate.js';

type Action = SandboxFault['action'];

/** Faults that are worth a click; everything else is a call of the API. */
const OFFERED: readonly { readonly text: TextKey; readonly action: Action }[] = [
  { text: 'faults.busy', action: { type: 'http', status: 503 } },
  { text: 'faults.slow', action: { type: 'delay', ms: 3_000 } },
  { text: 'faults.lostBefore', action: { type: 'reset', when: 'before' } },
  { text: 'faults.lostAfter', action: { type: 'reset', when: 'after' } },
  { text: 'faults.garbage', action: { type: 'garbage' } },
];
const CALLS = 10;

/** An amber bar while the sandbox misbehaves, and the switches for it. */
export function SandboxFaults(): ReactNode {
  const t = useText();
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['sandbox-faults'],
    refetchInterval: 5_000,
    queryFn: () => bodyOf(api.GET('/v1/sandbox/faults')),
  });
  const reload = (): Promise<void> => client.invalidateQueries({ queryKey: ['sandbox-faults'] });
  const add = async (action: Action): Promise<void> => {
    await api.POST('/v1/sandbox/faults', { body: { action, times: CALLS } });
    await reload();
  };
  const clear = async (): Promise<void> => {
    await api.DELETE('/v1/sandbox/faults');
    await reload();
  };
  const faults = data ?? [];
  return (
    <div className={faults.length > 0 ? 'notice' : 'row filters'}>
      {faults.length > 0 && (
        <span className="grow">
          {t('faults.on', { count: faults.length })}{' '}
          {faults.map(({ id, action, remaining }) => (
            <span key={id} className="tag tag-partial">
              {action.type} {remaining !== null && `×${remaining}`}
            </span>
          ))}
        </span>
      )}
      <Dropdown
        trigger={['click']}
        menu={{
          items: OFFERED.map(({ text, action }) => ({ key: text, label: t(text), onClick: () => void add(action) })),
        }}
      >
        <GatedButton scope="queues:write">{t('faults.add')}</GatedButton>
      </Dropdown>
      {faults.length > 0 && (
        <GatedButton scope="queues:write" onClick={() => void clear()}>
          {t('faults.clear')}
        </GatedButton>
      )}
    </div>
  );
}
