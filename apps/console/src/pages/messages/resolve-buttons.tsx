import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../api/client.js';
import type { Message } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import type { Confirmation } from '../../ui/confirm-dialog.js';
import { count } from '../../ui/format.js';
import { GatedButton } from '../../ui/gate.js';
import { Repetitions } from './repetitions.js';

const MIN_REASON = 4;
const WAYS = ['resend', 'sent', 'failed'] as const;

interface ResolveProps {
  readonly message: Message;
  readonly ask: (confirmation: Confirmation) => void;
}

/** An unclear outcome needs a person: send again, it arrived, or give it up. */
export function ResolveButtons({ message, ask }: ResolveProps): ReactNode {
  const t = useText();
  const client = useQueryClient();
  const people = count(message.counts['unknown'] ?? 0);
  return WAYS.map((way) => (
    <GatedButton
      key={way}
      scope="messages:recall"
      onClick={() =>
        ask({
          title: t(`resolve.${way}.title`),
          body: (
            <div className="stack">
              <p>{t(`resolve.${way}.body`, { count: people })}</p>
              {way === 'resend' && <Repetitions names={message.channels} />}
            </div>
          ),
          verb: t(`resolve.${way}.verb`, { count: people }),
          isDanger: way === 'resend',
          reasonLength: MIN_REASON,
          act: async (note) => {
            const body = { as: way, note };
            await api.POST('/v1/messages/{id}/resolve', { params: { path: { id: message.id } }, body });
            for (const key of ['message', 'timeline', 'recipients'])
              await client.invalidateQueries({ queryKey: [key, message.id] });
            await client.invalidateQueries({ queryKey: ['messages'] });
          },
        })
      }
    >
      {t(`resolve.${way}.open`)}
    </GatedButton>
  ));
}
