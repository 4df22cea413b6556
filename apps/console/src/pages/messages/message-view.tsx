import { useQuery } from '@tanstack/react-query';
import { Skeleton, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { ApiError, api, bodyOf } from '../../api/client.js';
import type { Message } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { usePreferences } from '../../session/preferences.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count, duration } from '../../ui/format.js';
import { IdText } from '../../ui/id-text.js';
import { Moment } from '../../ui/moment.js';
import { ReasonText } from '../../ui/reason-text.js';
import { StatusTag } from '../../ui/status-tag.js';
import { MessageActions } from './message-actions.js';
import { MessageContent } from './message-content.js';
import { MessageDeliveries } from './message-deliveries.js';
import { MessageFate } from './message-fate.js';
import { MessageRaw } from './message-raw.js';
import { MessageTimeline } from './message-timeline.js';

const OPEN = new Set(['accepted', 'sending', 'scheduled']);
const OPEN_MS = 2_000;
const WAITING_MS = 10_000;
const RECENT_MS = 60_000;
/** Recalls end within seconds as a rule. */
const RECALL_MS = 60_000;

function isInRecall({ recall }: Message): boolean {
  return recall !== undefined && Date.now() - Date.parse(recall.requestedAt) < RECALL_MS;
}

/** Often while something happens, seldom while it waits, never when it is final. */
export function pollMs(message: Message | undefined): number | false {
  if (!message) return false;
  if (isInRecall(message)) return OPEN_MS;
  if (!OPEN.has(message.status)) return false;
  return Date.now() - Date.parse(message.createdAt) < RECENT_MS ? OPEN_MS : WAITING_MS;
}

/** Everything about one message: what happened to whom first, the evidence behind it. */
export function MessageView({ id }: { readonly id: string }): ReactNode {
  const t = useText();
  const address = useAddress();
  const query = useQuery({
    queryKey: ['message', id],
    queryFn: () => bodyOf(api.GET('/v1/messages/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => pollMs(state.data),
  });
  if (query.error instanceof ApiError && query.error.status === 404) return <p>{t('message.notFound')}</p>;
  if (query.error !== null && !query.data) return <FaultArea error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton active={false} />;
  const message = query.data;
  const live = pollMs(message);
  const tabs = [
    { key: 'fate', label: t('message.tabFate'), children: <MessageFate message={message} live={live} /> },
    { key: 'timeline', label: t('message.tabTimeline'), children: <MessageTimeline id={id} live={live} /> },
    {
      key: 'deliveries',
      label: t('message.tabDeliveries', { count: count(message.deliveryCount) }),
      children: <MessageDeliveries message={message} />,
    },
    { key: 'content', label: t('message.tabContent'), children: <MessageContent message={message} /> },
    { key: 'raw', label: t('message.tabRaw'), children: <MessageRaw id={id} live={live} /> },
  ];
  return (
    <article>
      <Summary message={message} />
      <Tabs
        activeKey={address.get('tab') || 'fate'}
        onChange={(tab) => address.set({ tab: tab === 'fate' ? undefined : tab })}
        items={tabs}
        destroyOnHidden
      />
    </article>
  );
}

function Summary({ message }: { readonly message: Message }): ReactNode {
  const t = useText();
  return (
    <header className="stack">
      <div className="row">
        <h2 className="message-title">
          {message.template ?? t('messages.inline')}
          {message.templateVersion !== null && <span className="muted"> v{message.templateVersion}</span>}
        </h2>
        <StatusTag status={message.status} />
        <ReasonText code={message.reason} />
      </div>
      <p className="message-sentence">
        <Sentence message={message} />
      </p>
      <MessageActions message={message} />
      <Facts message={message} />
    </header>
  );
}

/** What really happened, in one sentence. */
function Sentence({ message }: { readonly message: Message }): ReactNode {
  const t = useText();
  const of = (...states: readonly string[]): number =>
    states.reduce((sum, state) => sum + (message.counts[state] ?? 0), 0);
  const total = Object.values(message.counts).reduce((sum, value) => sum + value, 0);
  const arrived = of('sent', 'delivered', 'read');
  const parts = [
    arrived > 0 && t('sentence.sent', { count: count(arrived), total: count(total) }),
    of('delivered', 'read') > 0 && t('sentence.delivered', { count: count(of('delivered', 'read')) }),
    of('pending') > 0 && t('sentence.pending', { count: count(of('pending')) }),
    of('failed') > 0 && t('sentence.failed', { count: count(of('failed')) }),
    of('invalid') > 0 && t('sentence.invalid', { count: count(of('invalid')) }),
    of('unknown') > 0 && t('sentence.unknown', { count: count(of('unknown')) }),
    of('suppressed') > 0 && t('sentence.suppressed', { count: count(of('suppressed')) }),
    of('recalled') > 0 && t('sentence.recalled', { count: count(of('recalled')) }),
    of('canceled') > 0 && t('sentence.canceled', { count: count(of('canceled')) }),
    of('expired') > 0 && t('sentence.expired', { count: count(of('expired')) }),
  ].filter((part) => part !== false);
  return parts.join(t('sentence.and')) + t('sentence.end');
}

function Facts({ message }: { readonly message: Message }): ReactNode {
  const t = useText();
  const { language } = usePreferences();
  const firstSent = message.deliveries?.map(({ sentAt }) => sentAt).find((at) => at !== undefined);
  return (
    <dl className="facts facts-wide">
      <dt>{t('message.id')}</dt>
      <dd>
        <IdText id={message.id} isFull />
      </dd>
      {message.businessKey !== undefined && (
        <>
          <dt>{t('messages.businessKey')}</dt>
          <dd className="mono">{message.businessKey}</dd>
        </>
      )}
      <dt>{t('message.accepted')}</dt>
      <dd>
        <Moment at={message.createdAt} />
        {firstSent !== undefined && (
          <span className="muted">
            {' '}
            · {t('message.firstSent')} +{duration(Date.parse(firstSent) - Date.parse(message.createdAt), language)}
          </span>
        )}
      </dd>
      {message.sendAt !== undefined && (
        <>
          <dt>{t('message.sendAt')}</dt>
          <dd>
            <Moment at={message.sendAt} />
          </dd>
        </>
      )}
      <dt>{t('message.expires')}</dt>
      <dd>
        <Moment at={message.expireAt} />
        <span className="muted"> · {t(`priority.${message.priority}`)}</span>
      </dd>
    </dl>
  );
}
