import { useQuery } from '@tanstack/react-query';
import { Segmented, Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, bodyOf } from '../../api/client.js';
import type { TimelineEvent } from '../../api/types.js';
import { usePreferences } from '../../session/preferences.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { duration } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { ReasonText } from '../../ui/reason-text.js';
import { ProviderNote } from './provider-note.js';

const BAD = new Set(['recipient_refused', 'expired', 'recall_failed', 'suppressed', 'canceled']);
const GOOD = new Set(['sent', 'recalled', 'receipt', 'resolved']);
const WAITING = new Set(['rescheduled', 'paused']);

function toneOfEvent({ event, outcome }: TimelineEvent): string {
  if (outcome !== undefined) return outcome === 'sent' ? 'is-good' : 'is-bad';
  if (BAD.has(event)) return 'is-bad';
  if (GOOD.has(event)) return 'is-good';
  return WAITING.has(event) ? 'is-waiting' : '';
}

export function MessageTimeline({ id, live }: { readonly id: string; readonly live: number | false }): ReactNode {
  const t = useText();
  const { language } = usePreferences();
  const [shown, setShown] = useState<'all' | 'odd'>('all');
  const { data, error, refetch } = useQuery({
    queryKey: ['timeline', id, language],
    queryFn: () => bodyOf(api.GET('/v1/messages/{id}/timeline', { params: { path: { id } } })),
    refetchInterval: live,
  });
  if (error !== null && !data) return <FaultArea error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active={false} />;
  const first = data.data[0]?.at;
  const events = data.data.filter((event) => shown === 'all' || ['is-bad', 'is-waiting'].includes(toneOfEvent(event)));
  return (
    <div className="stack">
      <Segmented
        aria-label={t('timeline.filter')}
        value={shown}
        onChange={setShown}
        options={[
          { value: 'all', label: t('timeline.all') },
          { value: 'odd', label: t('timeline.odd') },
        ]}
      />
      <ol className="timeline">
        {events.map((event, index) => (
          <li key={`${event.at} ${event.event} ${index}`} className={toneOfEvent(event)}>
            <div>
              <Moment at={event.at} />
              {first !== undefined && (
                <div className="small muted num">+{duration(Date.parse(event.at) - Date.parse(first), language)}</div>
              )}
            </div>
            <div>
              <div>{event.text}</div>
              <div className="row small muted">
                {event.deliveryNo !== undefined && <span>{t('fate.delivery', { no: event.deliveryNo })}</span>}
                {event.attempt !== undefined && <span>{t('timeline.attempt', { no: event.attempt })}</span>}
                <ReasonText code={event.reason} />
              </div>
              <ProviderNote provider={event.provider} />
            </div>
          </li>
        ))}
      </ol>
      {events.length === 0 && <p className="muted">{t('timeline.none')}</p>}
    </div>
  );
}
