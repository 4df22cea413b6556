import { useQuery } from '@tanstack/react-query';
import { App, Drawer, Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, bodyOf } from '../../api/client.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea, faultSentence } from '../../ui/fault-area.js';
import { GatedButton } from '../../ui/gate.js';
import { IdText } from '../../ui/id-text.js';
import { JsonView } from '../../ui/json-view.js';
import { Lasting, Moment } from '../../ui/moment.js';
import { DeliveryState } from './webhook-state.js';

export interface DeliveryDrawerProps {
  readonly webhook: string;
  /** Empty: nothing is shown. */
  readonly event: string;
  readonly onClose: () => void;
  readonly onResend: (event: string) => Promise<void>;
}

/** One event as it travelled, and what the receiver said to it. */
export function DeliveryDrawer({ webhook, event, onClose, onResend }: DeliveryDrawerProps): ReactNode {
  const t = useText();
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const resend = async (): Promise<void> => {
    setBusy(true);
    try {
      await onResend(event);
    } catch (error) {
      void message.error(faultSentence(error, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer
      open={event !== ''}
      onClose={onClose}
      size={640}
      title={t('deliveries.body')}
      extra={
        <GatedButton scope="webhooks:write" loading={isBusy} onClick={() => void resend()}>
          {t('webhooks.resend')}
        </GatedButton>
      }
    >
      {event !== '' && <Detail webhook={webhook} event={event} />}
    </Drawer>
  );
}

function Detail({ webhook, event }: Pick<DeliveryDrawerProps, 'webhook' | 'event'>): ReactNode {
  const t = useText();
  const { data, error, refetch } = useQuery({
    queryKey: ['webhooks', webhook, 'deliveries', 'one', event],
    queryFn: () => {
      const path = { id: webhook, eventId: event };
      return bodyOf(api.GET('/v1/webhooks/{id}/deliveries/{eventId}', { params: { path } }));
    },
  });
  if (error !== null) return <FaultArea error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active={false} />;
  return (
    <div className="stack">
      <div className="row">
        <DeliveryState status={data.status} /> {t(`event.${data.type}`)} <IdText id={data.eventId} />
      </div>
      <div className="row small second">
        {t('deliveries.tries')} {data.tries}/{data.maxTries} · {t('deliveries.lastTry')}{' '}
        <Moment at={data.attemptedAt} />· {t('deliveries.took')} <Lasting ms={data.tookMs} />
        {data.nextTryAt !== undefined && (
          <>
            · {t('deliveries.nextTry')} <Moment at={data.nextTryAt} />
          </>
        )}
      </div>
      <JsonView title={t('deliveries.body')} value={data.body} />
      <div>
        <div className="small muted">
          {t('deliveries.answerBody')} <span className="mono">{data.code ?? data.error}</span>
        </div>
        {data.answer ? (
          <pre className="code" tabIndex={0} aria-label={t('deliveries.answerBody')}>
            {data.answer}
          </pre>
        ) : (
          <p className="muted">{t('deliveries.noAnswer')}</p>
        )}
      </div>
    </div>
  );
}
