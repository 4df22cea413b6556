import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useChannelLabel, useChannels } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import type { SandboxEntry } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { LiveNote } from '../../app/live.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { FaultArea } from '../../ui/fault-area.js';
import { GatedButton } from '../../ui/gate.js';
import { Moment } from '../../ui/moment.js';
import { PageHead } from '../../ui/page-head.js';
import { ToneTag } from '../../ui/status-tag.js';
import { SandboxEntryView } from './sandbox-entry-view.js';
import { SandboxFaults } from './sandbox-faults.js';

const LIVE_MS = 2_000;
const SHOWN = 100;

/** What arrived at the vendors that the sandbox plays. */
export default function SandboxPage(): ReactNode {
  const t = useText();
  const address = useAddress();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Confirmation>();
  const channel = address.get('channel');
  const recipient = address.get('to');
  const { data, error, dataUpdatedAt, refetch } = useQuery({
    queryKey: ['sandbox', channel, recipient],
    refetchInterval: LIVE_MS,
    queryFn: async () => {
      const query = { limit: SHOWN, ...(channel && { channel }), ...(recipient && { recipient }) };
      return bodyOf(api.GET('/v1/sandbox/inbox', { params: { query } }));
    },
  });
  const entries = data ?? [];
  const selected = entries.find(({ id }) => id === address.get('sel')) ?? entries[0];
  const clear: Confirmation = {
    title: t('sandbox.clearTitle'),
    body: t('sandbox.clearBody', { count: entries.length }),
    verb: t('sandbox.clear'),
    isDanger: true,
    act: async () => {
      await api.DELETE('/v1/sandbox/inbox');
      await client.invalidateQueries({ queryKey: ['sandbox'] });
    },
  };
  return (
    <div className="page">
      <PageHead title={t('nav.sandbox')} lead={t('sandbox.lead')}>
        <LiveNote seconds={LIVE_MS / 1000} at={dataUpdatedAt} />
        <GatedButton scope="queues:write" onClick={() => setAsked(clear)}>
          {t('sandbox.clear')}
        </GatedButton>
      </PageHead>
      <SandboxFaults />
      <Filters />
      {error !== null && <FaultArea error={error} retry={() => void refetch()} />}
      <div className="columns">
        <section className="card" aria-label={t('sandbox.inbox')}>
          {entries.length === 0 && <p className="muted">{t('sandbox.none')}</p>}
          <ul className="inbox">
            {entries.map((entry) => (
              <li key={entry.id}>
                <Line
                  entry={entry}
                  isSelected={entry.id === selected?.id}
                  onOpen={() => address.set({ sel: entry.id })}
                />
              </li>
            ))}
          </ul>
        </section>
        {selected && <SandboxEntryView entry={selected} />}
      </div>
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
    </div>
  );
}

function Filters(): ReactNode {
  const t = useText();
  const address = useAddress();
  const { data: channels } = useChannels();
  const channelLabel = useChannelLabel();
  return (
    <div className="row filters">
      <Select
        allowClear
        placeholder={t('messages.channel')}
        aria-label={t('messages.channel')}
        value={address.get('channel') || null}
        onChange={(value: string | null) => address.set({ channel: value ?? undefined })}
        options={(channels ?? []).map(({ name }) => ({ value: name, label: channelLabel(name) }))}
        style={{ width: 200 }}
      />
      <Input.Search
        allowClear
        placeholder={t('fate.recipient')}
        aria-label={t('fate.recipient')}
        defaultValue={address.get('to')}
        onSearch={(to) => address.set({ to: to.trim() })}
        style={{ width: 220 }}
      />
    </div>
  );
}

interface LineProps {
  readonly entry: SandboxEntry;
  readonly isSelected: boolean;
  readonly onOpen: () => void;
}

function Line({ entry, isSelected, onOpen }: LineProps): ReactNode {
  const t = useText();
  const channelLabel = useChannelLabel();
  return (
    <button
      type="button"
      className={`inbox-line ${isSelected ? 'is-on' : ''}`}
      aria-pressed={isSelected}
      onClick={onOpen}
    >
      <span className="row">
        <b>{entry.recipients.join(', ') || t('sandbox.nobody')}</b>
        {entry.recalled && <ToneTag tone="withdrawn">{t('status.recalled')}</ToneTag>}
        {entry.dropped.length > 0 && (
          <ToneTag tone="danger">{t('sandbox.dropped', { count: entry.dropped.length })}</ToneTag>
        )}
      </span>
      <span className="row small muted">
        <Moment at={entry.at} />
        {channelLabel(entry.channel)} · {entry.msgtype}
      </span>
    </button>
  );
}
