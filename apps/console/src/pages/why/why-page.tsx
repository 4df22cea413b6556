import { useQuery } from '@tanstack/react-query';
import { Input, Skeleton } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useChannelLabel, useChannels } from '../../api/catalogue.js';
import { ApiError, api, bodyOf } from '../../api/client.js';
import type { Message } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { Moment } from '../../ui/moment.js';
import { PageHead } from '../../ui/page-head.js';
import { ReasonText } from '../../ui/reason-text.js';
import { StatusTag } from '../../ui/status-tag.js';
import { MessageDrawer } from '../messages/message-drawer.js';
import { guessesOf, type Guess } from './parse-query.js';

const SHOWN = 20;

interface Found {
  readonly guess: Guess;
  readonly messages: readonly Message[];
}

async function ask(guess: Guess): Promise<Found> {
  const { kind, value } = guess;
  if (kind === 'message') {
    try {
      return { guess, messages: [await bodyOf(api.GET('/v1/messages/{id}', { params: { path: { id: value } } }))] };
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return { guess, messages: [] };
      throw error;
    }
  }
  const query = { limit: SHOWN, [kind]: value };
  const { data } = await bodyOf(api.GET('/v1/messages', { params: { query } }));
  return { guess, messages: data };
}

/** One box: whatever somebody has at hand leads to the messages that it is about. */
export default function WhyPage(): ReactNode {
  const t = useText();
  const address = useAddress();
  const navigate = useNavigate();
  const { data: channels } = useChannels();
  const families = [...new Set((channels ?? []).map(({ family }) => family))];
  const q = address.get('q');
  const guesses = guessesOf(q, families);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['find', guesses],
    enabled: guesses.length > 0 && channels !== undefined,
    queryFn: async () => (await Promise.all(guesses.map(ask))).filter(({ messages }) => messages.length > 0),
  });
  const only = data?.length === 1 && data[0]?.guess.kind === 'message' ? data[0].messages[0] : undefined;
  useEffect(() => {
    if (only) void navigate(`/messages/${only.id}`, { replace: true });
  }, [only, navigate]);
  const rows = data?.flatMap(({ messages }) => messages) ?? [];
  return (
    <div className="page">
      <PageHead title={t('nav.why')} lead={t('why.lead')} />
      <Input.Search
        key={q}
        size="large"
        autoFocus
        allowClear
        enterButton={t('why.find')}
        placeholder={t('why.placeholder')}
        aria-label={t('why.placeholder')}
        defaultValue={q}
        onSearch={(text) => address.set({ q: text.trim() })}
        className="filters"
      />
      {error !== null && <FaultArea error={error} retry={() => void refetch()} />}
      {isFetching && !data && <Skeleton active={false} />}
      {data?.length === 0 && <div className="card empty">{t('why.nothing', { q })}</div>}
      {data?.map((found) => (
        <Finding key={`${found.guess.kind} ${found.guess.value}`} found={found} />
      ))}
      <MessageDrawer
        id={address.get('sel')}
        rows={rows}
        onClose={() => address.set({ sel: undefined, tab: undefined })}
        onPage={(id) => void navigate(`/messages/${id}`)}
      />
    </div>
  );
}

function Finding({ found }: { readonly found: Found }): ReactNode {
  const t = useText();
  const address = useAddress();
  const channelLabel = useChannelLabel();
  const { kind, value } = found.guess;
  const columns: readonly Column<Message>[] = [
    { id: 'time', title: t('messages.time'), render: ({ createdAt }) => <Moment at={createdAt} /> },
    {
      id: 'template',
      title: t('messages.template'),
      isCut: true,
      render: ({ template }) => template ?? t('messages.inline'),
    },
    { id: 'status', title: t('messages.status'), render: ({ status }) => <StatusTag status={status} /> },
    { id: 'reason', title: t('messages.reason'), render: ({ reason }) => <ReasonText code={reason} /> },
    { id: 'channel', title: t('messages.channel'), render: ({ channels }) => channels.map(channelLabel).join(' · ') },
  ];
  return (
    <section className="filters">
      <h2 className="card-head">
        {t(`why.as.${kind}`)} <span className="mono">{value}</span>
      </h2>
      <DataTable
        caption={value}
        columns={columns}
        rows={found.messages}
        keyOf={({ id }) => id}
        selected={address.get('sel')}
        onOpen={({ id }) => address.set({ sel: id })}
        empty=""
      />
    </section>
  );
}
