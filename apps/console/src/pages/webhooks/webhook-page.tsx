import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { api, bodyOf } from '../../api/client.js';
import type { Webhook } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { PageHead } from '../../ui/page-head.js';
import { WebhookActions } from './webhook-actions.js';
import { WebhookDeliveries } from './webhook-deliveries.js';
import { WebhookState } from './webhook-state.js';

const LIVE_MS = 10_000;

/** One receiver: how it is doing, and what it was told. */
export default function WebhookPage(): ReactNode {
  const t = useText();
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['webhooks', id],
    refetchInterval: LIVE_MS,
    queryFn: () => bodyOf(api.GET('/v1/webhooks/{id}', { params: { path: { id } } })),
  });
  return (
    <div className="page stack">
      <PageHead title={data?.name ?? t('nav.webhooks')} lead={data && <span className="mono">{data.url}</span>}>
        {data && <WebhookActions webhook={data} />}
      </PageHead>
      {error !== null && <FaultArea error={error} retry={() => void refetch()} />}
      {data && <Facts webhook={data} />}
      {data && <WebhookDeliveries webhook={data} />}
    </div>
  );
}

function Facts({ webhook }: { readonly webhook: Webhook }): ReactNode {
  const t = useText();
  const { callers, events, failed, failingSince, lastSuccessAt, previousSecretUntil, templates, waiting } = webhook;
  return (
    <dl className="facts card">
      <Fact name={t('messages.status')}>
        <WebhookState of={webhook} />
      </Fact>
      <Fact name={t('webhooks.lastSuccess')}>
        <Moment at={lastSuccessAt} />
      </Fact>
      {failingSince && (
        <Fact name={t('webhooks.failingSince')}>
          <Moment at={failingSince} />
        </Fact>
      )}
      <Fact name={t('webhooks.waiting')}>{count(waiting)}</Fact>
      <Fact name={t('webhooks.failed')}>{count(failed)}</Fact>
      <Fact name={t('webhooks.events')}>
        {events.length === 0 ? t('webhooks.allEvents') : events.map((event) => t(`event.${event}`)).join(' · ')}
      </Fact>
      {callers.length > 0 && <Fact name={t('webhooks.callers')}>{callers.join(', ')}</Fact>}
      {templates.length > 0 && <Fact name={t('webhooks.templates')}>{templates.join(', ')}</Fact>}
      {previousSecretUntil && (
        <Fact name={t('webhooks.previousSecret')}>
          <Moment at={previousSecretUntil} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
