import { useQueryClient } from '@tanstack/react-query';
import { App, Select } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { Webhook, WebhookDelivery } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { RangeSelect, rangeText } from '../../app/range-select.js';
import { startOf } from '../../app/time-range.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { DataTable } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { GatedButton } from '../../ui/gate.js';
import { useDeliveryColumns } from './delivery-columns.js';
import { DeliveryDrawer } from './delivery-drawer.js';
import { SUBSCRIBED_EVENTS } from './webhook-form.js';

const LIVE_MS = 10_000;
const PAGE = 50;
const STATUSES = ['waiting', 'delivered', 'failed'] as const;
const TYPES = [...SUBSCRIBED_EVENTS, 'webhook.test'] as const;

const oneOf = <Value extends string>(values: readonly Value[], text: string): Value | undefined =>
  values.find((value) => value === text);

/** What a receiver was told and is owed, and sending it again. */
export function WebhookDeliveries({ webhook }: { readonly webhook: Webhook }): ReactNode {
  const t = useText();
  const address = useAddress();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [asked, setAsked] = useState<Confirmation>();
  const { id } = webhook;
  const range = address.get('from') || '-7d';
  const from = useMemo(() => startOf(range), [range]);
  const status = oneOf(STATUSES, address.get('status'));
  const type = oneOf(TYPES, address.get('type'));
  const pages = usePages<WebhookDelivery>(
    ['webhooks', id, 'deliveries', range, status, type],
    (cursor) => {
      const query = {
        limit: PAGE,
        ...(from !== undefined && { from }),
        ...(status && { status }),
        ...(type && { type }),
        ...(cursor !== undefined && { cursor }),
      };
      return bodyOf(api.GET('/v1/webhooks/{id}/deliveries', { params: { path: { id }, query } }));
    },
    { refetchMs: LIVE_MS },
  );
  const replay = async (body: { readonly from?: string; readonly eventIds?: string[] }): Promise<void> => {
    const { events } = await bodyOf(api.POST('/v1/webhooks/{id}/replay', { params: { path: { id } }, body }));
    void message.success(t('webhooks.replayed', { count: count(events) }));
    await client.invalidateQueries({ queryKey: ['webhooks', id] });
  };
  const askReplay = (): void =>
    setAsked({
      title: t('webhooks.replayTitle'),
      body: t('webhooks.replayBody', { name: webhook.name, range: t(rangeText(range)) }),
      verb: t('webhooks.replayFailed'),
      act: () => replay({ from: from ?? webhook.createdAt }),
    });
  const columns = useDeliveryColumns();
  return (
    <section>
      <h2 className="section-title">{t('deliveries.title')}</h2>
      <div className="row filters">
        <RangeSelect fallback="-7d" />
        <Select
          allowClear
          aria-label={t('messages.status')}
          placeholder={t('messages.status')}
          style={{ width: 140 }}
          value={status ?? null}
          onChange={(value) => address.set({ status: value ?? undefined })}
          options={STATUSES.map((value) => ({ value, label: t(`deliveries.status.${value}`) }))}
        />
        <Select
          allowClear
          aria-label={t('deliveries.event')}
          placeholder={t('deliveries.event')}
          style={{ width: 200 }}
          value={type ?? null}
          onChange={(value) => address.set({ type: value ?? undefined })}
          options={TYPES.map((value) => ({ value, label: t(`event.${value}`) }))}
        />
        <GatedButton scope="webhooks:write" onClick={askReplay}>
          {t('webhooks.replayFailed')}
        </GatedButton>
      </div>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('deliveries.title')}
        columns={columns}
        rows={pages.rows}
        keyOf={({ eventId }) => eventId}
        selected={address.get('sel')}
        onOpen={({ eventId }) => address.set({ sel: eventId })}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('deliveries.none')}
        foot={t(pages.hasMore ? 'list.more' : 'list.all', { count: count(pages.rows.length) })}
      />
      <DeliveryDrawer
        webhook={id}
        event={address.get('sel')}
        onClose={() => address.set({ sel: undefined })}
        onResend={(eventId) => replay({ eventIds: [eventId] })}
      />
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
    </section>
  );
}
