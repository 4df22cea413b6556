import type { ReactNode } from 'react';
import type { Webhook, WebhookDelivery } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { ToneTag, type Tone } from '../../ui/status-tag.js';

const STATES: Readonly<Record<Webhook['state'], Tone>> = { active: 'ok', failing: 'danger', disabled: 'withdrawn' };

const DELIVERY_STATES: Readonly<Record<WebhookDelivery['status'], Tone>> = {
  waiting: 'waiting',
  delivered: 'ok',
  failed: 'danger',
};

/** Why nobody switched it off and yet it is off. */
export function WebhookState({ of: { state, disabledReason } }: { readonly of: Webhook }): ReactNode {
  const t = useText();
  return (
    <>
      <ToneTag tone={STATES[state]}>{t(`webhooks.state.${state}`)}</ToneTag>
      {disabledReason && <div className="small muted">{t(`webhooks.why.${disabledReason}`)}</div>}
    </>
  );
}

export function DeliveryState({ status }: { readonly status: WebhookDelivery['status'] }): ReactNode {
  const t = useText();
  return <ToneTag tone={DELIVERY_STATES[status]}>{t(`deliveries.status.${status}`)}</ToneTag>;
}
