import { Link } from 'react-router';
import type { WebhookDelivery } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import type { Column } from '../../ui/data-table.js';
import { shortId } from '../../ui/format.js';
import { Lasting, Moment } from '../../ui/moment.js';
import { DeliveryState } from './webhook-state.js';

export function useDeliveryColumns(): readonly Column<WebhookDelivery>[] {
  const t = useText();
  const address = useAddress();
  return [
    {
      id: 'time',
      title: t('messages.time'),
      width: 150,
      render: ({ at, eventId }) => (
        <button type="button" className="plain link" onClick={() => address.set({ sel: eventId })}>
          <Moment at={at} />
        </button>
      ),
    },
    { id: 'event', title: t('deliveries.event'), render: ({ type }) => t(`event.${type}`) },
    {
      id: 'message',
      title: t('message.title'),
      render: ({ messageId }) =>
        messageId === undefined ? null : (
          <Link to={`/messages/${messageId}`} className="mono">
            {shortId(messageId)}
          </Link>
        ),
    },
    { id: 'status', title: t('messages.status'), render: ({ status }) => <DeliveryState status={status} /> },
    {
      id: 'tries',
      title: t('deliveries.tries'),
      align: 'right',
      render: ({ tries, maxTries }) => `${tries}/${maxTries}`,
    },
    {
      id: 'answer',
      title: t('deliveries.answer'),
      render: ({ code, error }) => <span className="mono">{code ?? error}</span>,
    },
    { id: 'took', title: t('deliveries.took'), align: 'right', render: ({ tookMs }) => <Lasting ms={tookMs} /> },
    { id: 'next', title: t('deliveries.nextTry'), render: ({ nextTryAt }) => <Moment at={nextTryAt} /> },
  ];
}
