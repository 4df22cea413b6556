import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.js';
import { useChannels, useLabel } from '../../api/catalogue.js';
import type { Message } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { ConfirmDialog, type Confirmation } from '../../ui/confirm-dialog.js';
import { count } from '../../ui/format.js';
import { GatedButton } from '../../ui/gate.js';
import { ResolveButtons } from './resolve-buttons.js';

const MIN_REASON = 4;

const rows = (message: Message, ...states: readonly string[]): number =>
  states.reduce((sum, state) => sum + (message.counts[state] ?? 0), 0);

/** What can be done with a message as it is now. */
export function MessageActions({ message }: { readonly message: Message }): ReactNode {
  const t = useText();
  const [asked, setAsked] = useState<Confirmation>();
  const { notify } = useNotice(message.id);
  const path = { id: message.id };
  const waiting = rows(message, 'pending');
  const gone = rows(message, 'sent', 'delivered', 'read');
  const missed = rows(message, 'failed', 'expired', 'canceled');
  const name = message.template ?? t('messages.inline');

  const cancel: Confirmation = {
    title: t('cancel.title'),
    body: t('cancel.body', { template: name, waiting: count(waiting), sent: count(gone) }),
    verb: t('cancel.verb', { count: count(waiting) }),
    act: async () => {
      await api.POST('/v1/messages/{id}/cancel', { params: { path } });
      notify(t('cancel.done'));
    },
  };
  const replay: Confirmation = {
    title: t('replay.title'),
    body: t('replay.body', { missed: count(missed), sent: count(gone) }),
    verb: t('replay.verb', { count: count(missed) }),
    act: async () => {
      await api.POST('/v1/messages/{id}/replay', { params: { path }, body: {} });
      notify(t('replay.done'));
    },
  };
  const sendNow: Confirmation = {
    title: t('sendNow.title'),
    body: t('sendNow.body'),
    verb: t('sendNow.verb'),
    act: async () => {
      await api.POST('/v1/messages/{id}/send-now', { params: { path } });
      notify(t('sendNow.done'));
    },
  };
  return (
    <div className="row">
      {message.status === 'scheduled' && (
        <GatedButton scope="messages:send" type="primary" onClick={() => setAsked(sendNow)}>
          {t('sendNow.open')}
        </GatedButton>
      )}
      {gone + waiting + rows(message, 'unknown') > 0 && <RecallButton message={message} ask={setAsked} />}
      {waiting > 0 && (
        <GatedButton scope="messages:send" onClick={() => setAsked(cancel)}>
          {t('cancel.open')}
        </GatedButton>
      )}
      {missed > 0 && message.recall === undefined && (
        <GatedButton scope="messages:send" onClick={() => setAsked(replay)}>
          {t('replay.open')}
        </GatedButton>
      )}
      {rows(message, 'unknown') > 0 && <ResolveButtons message={message} ask={setAsked} />}
      <ConfirmDialog confirmation={asked} onClose={() => setAsked(undefined)} />
    </div>
  );
}

function useNotice(id: string): { readonly notify: (text: string) => void } {
  const { message: notice } = App.useApp();
  const client = useQueryClient();
  return {
    notify: (text) => {
      void notice.success(text);
      for (const key of ['message', 'timeline', 'recipients', 'attempts'])
        void client.invalidateQueries({ queryKey: [key, id] });
      void client.invalidateQueries({ queryKey: ['messages'] });
    },
  };
}

interface RecallButtonProps {
  readonly message: Message;
  readonly ask: (confirmation: Confirmation) => void;
}

/** Asks the API first what a recall would do, then the user. */
function RecallButton({ message, ask }: RecallButtonProps): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const { message: notice } = App.useApp();
  const { notify } = useNotice(message.id);
  const { data: channels } = useChannels();
  const label = useLabel();
  const [isBusy, setBusy] = useState(false);
  const support = (channels ?? []).filter(({ name }) => message.channels.includes(name)).map(({ recall }) => recall);
  const why = support.every(({ supported }) => !supported) ? support[0]?.why : undefined;

  const open = async (): Promise<void> => {
    setBusy(true);
    try {
      const { data } = await api.POST('/v1/recalls', { body: { messageIds: [message.id], dryRun: true } });
      const counts = (data as { readonly counts?: Record<string, number> } | undefined)?.counts ?? {};
      const takes = (counts['recallable'] ?? 0) + (counts['canceled'] ?? 0);
      ask({
        title: t('recall.title'),
        body: (
          <div className="stack">
            <p>
              {t('recall.body', {
                recallable: count(counts['recallable'] ?? 0),
                canceled: count(counts['canceled'] ?? 0),
                people: count(message.recipientCount),
              })}
            </p>
            {(counts['failed'] ?? 0) + (counts['uncertain'] ?? 0) > 0 && (
              <p className="danger-text">
                {t('recall.cannot', { count: count((counts['failed'] ?? 0) + (counts['uncertain'] ?? 0)) })}
              </p>
            )}
          </div>
        ),
        verb: t('recall.verb', { count: count(takes) }),
        isDanger: true,
        reasonLength: MIN_REASON,
        act: async (note) => {
          await api.POST('/v1/messages/{id}/recall', { params: { path: { id: message.id } }, body: { note } });
          notify(t('recall.started'));
        },
      });
    } catch (error) {
      void notice.error(error instanceof Error ? error.message : t('fault.unexpected'));
    } finally {
      setBusy(false);
    }
  };

  if (message.recall) {
    const { id } = message.recall;
    return (
      <GatedButton scope="recalls:read" onClick={() => void navigate(`/recalls/${id}`)}>
        {t('recall.show')}
      </GatedButton>
    );
  }
  if (why) {
    const correct = `/recalls/new?by=messageIds&ids=${message.id}`;
    return (
      <>
        <GatedButton scope="messages:recall" onClick={() => void navigate(correct)}>
          {t('recall.openCorrection')}
        </GatedButton>
        <span className="small muted">{label(why)}</span>
      </>
    );
  }
  return (
    <GatedButton scope="messages:recall" danger loading={isBusy} onClick={() => void open()}>
      {t('recall.open')}
    </GatedButton>
  );
}
