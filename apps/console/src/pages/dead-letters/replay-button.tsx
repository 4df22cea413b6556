import { useQueryClient } from '@tanstack/react-query';
import { App, InputNumber } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { api } from '../../api/client.js';
import type { components } from '../../api/schema.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { faultSentence } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { GatedButton } from '../../ui/gate.js';

const USUAL_RATE = 600;
const MAX_RATE = 6_000;

export type DeadLetterFilter = components['schemas']['DeadLetterFilterDto'];

interface ReplayButtonProps {
  readonly filter: DeadLetterFilter;
  /** Nothing but the time limits it. */
  readonly isAll: boolean;
  readonly size?: 'small' | 'middle';
}

/** Counts first, asks then. */
export function ReplayButton({ filter, isAll, size = 'middle' }: ReplayButtonProps): ReactNode {
  const t = useText();
  const address = useAddress();
  const client = useQueryClient();
  const { message: notice } = App.useApp();
  const rate = useRef(USUAL_RATE);
  const [asked, setAsked] = useState<Confirmation>();

  const open = async (): Promise<void> => {
    const { data } = await api.POST('/v1/dead-letters/replay', { body: { filter, dryRun: true } });
    const { deliveries = 0, recipients = 0 } = (data ?? {}) as { deliveries?: number; recipients?: number };
    if (deliveries === 0) return void notice.info(t('dead.nothing'));
    rate.current = USUAL_RATE;
    setAsked({
      title: t('dead.replayTitle'),
      body: (
        <div className="stack">
          <p>{t('dead.replayBody', { deliveries: count(deliveries), people: count(recipients) })}</p>
          <label className="row">
            {t('dead.rate')}
            <InputNumber
              min={1}
              max={MAX_RATE}
              defaultValue={USUAL_RATE}
              onChange={(value) => (rate.current = value ?? USUAL_RATE)}
            />
          </label>
        </div>
      ),
      verb: t('dead.replayVerb', { count: count(deliveries) }),
      act: async () => {
        await api.POST('/v1/dead-letters/replay', { body: { filter, rate: rate.current } });
        await client.invalidateQueries({ queryKey: ['replays'] });
        address.set({ tab: 'replays' });
      },
    });
  };
  return (
    <>
      <GatedButton
        scope="queues:write"
        size={size}
        onClick={() => void open().catch((error: unknown) => notice.error(faultSentence(error, t)))}
      >
        {t(isAll ? 'dead.replayAll' : 'dead.replayGroup')}
      </GatedButton>
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
    </>
  );
}
