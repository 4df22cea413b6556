import type { ReactNode } from 'react';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { Attempt } from '../../api/types.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { JsonView } from '../../ui/json-view.js';
import { Lasting, Moment } from '../../ui/moment.js';
import { ReasonText } from '../../ui/reason-text.js';
import { ToneTag, type Tone } from '../../ui/status-tag.js';
import { ProviderNote } from './provider-note.js';

const PAGE = 20;

const OUTCOMES: Readonly<Record<string, Tone>> = {
  sent: 'sent',
  unknown: 'unknown',
  rejected: 'danger',
  not_sent: 'danger',
};

/** The calls to the vendor as they went and came, secrets masked by the API. */
export function MessageRaw({ id, live }: { readonly id: string; readonly live: number | false }): ReactNode {
  const t = useText();
  const pages = usePages<Attempt>(
    ['attempts', id],
    (cursor) => {
      const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
      return bodyOf(api.GET('/v1/messages/{id}/attempts', { params: { path: { id }, query } }));
    },
    { refetchMs: live },
  );
  if (pages.error !== null) return <FaultArea error={pages.error} retry={pages.reload} />;
  if (pages.rows.length === 0 && !pages.isLoading) return <p className="muted">{t('raw.none')}</p>;
  return (
    <div className="stack">
      {pages.rows.map((attempt) => (
        <AttemptCard key={`${attempt.deliveryNo} ${attempt.no}`} attempt={attempt} />
      ))}
      {pages.hasMore && (
        <button type="button" className="chip" onClick={pages.loadMore}>
          {t('list.loadMore')}
        </button>
      )}
    </div>
  );
}

function AttemptCard({ attempt }: { readonly attempt: Attempt }): ReactNode {
  const t = useText();
  return (
    <section className="card stack">
      <div className="row">
        <h3 className="strong">
          {t('fate.delivery', { no: attempt.deliveryNo })} · {t('timeline.attempt', { no: attempt.no })}
        </h3>
        {attempt.outcome !== undefined && (
          <ToneTag tone={OUTCOMES[attempt.outcome] ?? 'neutral'}>{t(`outcome.${attempt.outcome}`)}</ToneTag>
        )}
        <ReasonText code={attempt.reason} />
        <Moment at={attempt.startedAt} />
        <Lasting ms={attempt.durationMs} />
      </div>
      <ProviderNote provider={attempt.provider} />
      <JsonView title={t('raw.request')} value={attempt.request} />
      <JsonView title={t('raw.response')} value={attempt.response} />
    </section>
  );
}
