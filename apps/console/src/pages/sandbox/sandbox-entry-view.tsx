import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../api/client.js';
import type { SandboxEntry } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { JsonView } from '../../ui/json-view.js';
import { ContentPreview } from '../../ui/content-preview.js';
import { GatedButton } from '../../ui/gate.js';
import { IdText } from '../../ui/id-text.js';
import { Moment } from '../../ui/moment.js';

type Values = Readonly<Record<string, unknown>>;

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Some calls carry the content as a text that is JSON. */
function packedIn(body: Values): Values {
  for (const value of Object.values(body)) {
    if (typeof value !== 'string' || !value.startsWith('{')) continue;
    try {
      const packed: unknown = JSON.parse(value);
      if (isValues(packed)) return packed;
    } catch {
      // A text that only begins like one.
    }
  }
  return {};
}

/** The vendors put the fields of a kind below its name; `msg` holds them once more in some calls. */
function contentOf({ msgtype, request }: SandboxEntry): Values {
  const body = isValues(request) ? (request as Values)['body'] : undefined;
  const whole = isValues(body) ? body : {};
  const holder = isValues(whole['msg']) ? whole['msg'] : whole;
  const fields = holder[msgtype];
  return { kind: msgtype, ...(isValues(fields) ? fields : packedIn(whole)) };
}

export function SandboxEntryView({ entry }: { readonly entry: SandboxEntry }): ReactNode {
  const t = useText();
  const client = useQueryClient();
  const markRead = async (): Promise<void> => {
    await api.POST('/v1/sandbox/inbox/{id}/read', { params: { path: { id: entry.id } } });
    await client.invalidateQueries({ queryKey: ['sandbox'] });
  };
  return (
    <section className="card stack sticky" aria-label={t('sandbox.entry')}>
      <div className={entry.recalled ? 'is-gone' : undefined}>
        <ContentPreview channel={entry.channel} content={contentOf(entry)} />
        {entry.recalled && (
          <p className="small muted">
            {t('sandbox.recalledAt')} <Moment at={entry.recalledAt} />
          </p>
        )}
      </div>
      {entry.dropped.map(({ recipient, reason }) => (
        <p key={recipient} className="danger-text small">
          {t('sandbox.droppedFor', { recipient })} <span className="mono">{reason}</span>
        </p>
      ))}
      {entry.notes.map((note) => (
        <p key={note} className="small second">
          {note}
        </p>
      ))}
      <div className="row small">
        {entry.providerMsgId !== null && (
          <>
            {t('messages.providerMsgId')} <IdText id={entry.providerMsgId} />
          </>
        )}
        <span className="muted">{t('sandbox.readBy', { count: entry.readBy.length })}</span>
        <GatedButton scope="queues:write" size="small" onClick={() => void markRead()}>
          {t('sandbox.markRead')}
        </GatedButton>
      </div>
      <JsonView title={t('raw.request')} value={entry.request} />
    </section>
  );
}
