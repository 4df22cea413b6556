import { useQuery } from '@tanstack/react-query';
import { Select, Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { ApiError, api, bodyOf } from '../../api/client.js';
import type { Message } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { ContentPreview } from '../../ui/content-preview.js';
import { FaultArea } from '../../ui/fault-area.js';
import { JsonView } from '../../ui/json-view.js';

/** The content as it was sent, made again from the version and the parameters of then. */
export function MessageContent({ message }: { readonly message: Message }): ReactNode {
  const t = useText();
  const { id } = message;
  const [deliveryNo, setDeliveryNo] = useState(message.deliveries?.[0]?.no ?? 1);
  const { data, error, refetch } = useQuery({
    queryKey: ['content', id, deliveryNo],
    queryFn: () => bodyOf(api.GET('/v1/messages/{id}/content', { params: { path: { id }, query: { deliveryNo } } })),
  });
  if (error instanceof ApiError && error.status === 410) return <p className="muted">{t('content.purged')}</p>;
  if (error !== null) return <FaultArea error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active={false} />;
  const numbers = (message.deliveries ?? []).map(({ no }) => ({ value: no, label: t('fate.delivery', { no }) }));
  return (
    <div className="stack">
      {numbers.length > 1 && (
        <Select
          aria-label={t('content.delivery')}
          value={deliveryNo}
          onChange={setDeliveryNo}
          options={numbers}
          style={{ width: 160 }}
        />
      )}
      <ContentPreview channel={data.channel} content={data.content} />
      <JsonView title={t('content.json')} value={data.content} />
    </div>
  );
}
