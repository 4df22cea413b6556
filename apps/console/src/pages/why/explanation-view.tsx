import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useChannelLabel } from '../../api/catalogue.js';
import { api, bodyOf } from '../../api/client.js';
import type { Candidate, Explanation, Verdict } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { usePreferences } from '../../session/preferences.js';
import { useText } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { ReasonText } from '../../ui/reason-text.js';
import { StatusTag, ToneTag, type Tone } from '../../ui/status-tag.js';
import { Remedies, type RemedyTarget } from '../remedies/index.js';
import { consolePathOf } from './console-path.js';
import { Stations } from './stations.js';

const OPEN_MS = 5_000;

const TONES: Readonly<Record<Verdict['family'], Tone>> = {
  ok: 'ok',
  sent: 'sent',
  waiting: 'waiting',
  stopped: 'suppressed',
  failed: 'danger',
  unknown: 'unknown',
  nobody: 'neutral',
};

interface ExplanationProps {
  /** As `user:u-1001`. */
  readonly person: string;
  /** Empty: the newest. */
  readonly message: string;
}

/** Why somebody did not get a message: the answer, what to do, and the way the message took. */
export function ExplanationView({ person, message }: ExplanationProps): ReactNode {
  const { timeZone, language } = usePreferences();
  const { data, error, refetch } = useQuery({
    queryKey: ['explain', person, message, timeZone, language],
    queryFn: () => {
      const query = { timeZone, ...(message !== '' && { message }) };
      return bodyOf(api.GET('/v1/recipients/{ref}/explain', { params: { path: { ref: person }, query } }));
    },
    refetchInterval: ({ state }) => (state.data?.verdict.family === 'waiting' ? OPEN_MS : false),
  });
  if (error !== null && !data) return <FaultArea error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active={false} />;
  return (
    <>
      <VerdictCard explanation={data} onDone={() => void refetch()} />
      <div className="columns wide-left explained">
        <Stations stations={data.stations} />
        <Candidates explanation={data} />
      </div>
    </>
  );
}

interface VerdictProps {
  readonly explanation: Explanation;
  readonly onDone: () => void;
}

function VerdictCard({ explanation, onDone }: VerdictProps): ReactNode {
  const t = useText();
  const { person, ref, message, verdict } = explanation;
  const decisive = explanation.stations.find(({ remedies }) => remedies.length > 0);
  const place = verdict.scope && consolePathOf(verdict.scope.href);
  return (
    <section className={`card verdict verdict-${TONES[verdict.family]}`} aria-label={t('why.verdict')}>
      <div className="row">
        <h2>{person?.name ?? ref}</h2>
        {person && <span className="mono muted">{ref}</span>}
        <ToneTag tone={TONES[verdict.family]}>{t(`verdict.${verdict.family}`)}</ToneTag>
        {verdict.since !== undefined && <Moment at={verdict.since} />}
      </div>
      <p className="message-sentence">{verdict.sentence}</p>
      <div className="row">
        <Remedies remedies={decisive?.remedies ?? []} target={targetOf(explanation)} onDone={onDone} />
        {message !== undefined && <Link to={`/messages/${message}`}>{t('why.openMessage')}</Link>}
        {verdict.scope && verdict.scope.count > 1 && place !== undefined && (
          <Link to={place}>
            {t(verdict.scope.isMore ? 'why.scopeMore' : 'why.scope', { count: count(verdict.scope.count) })}
          </Link>
        )}
      </div>
    </section>
  );
}

/** What the remedies of the verdict would act upon. */
function targetOf({ message, ref, stations, verdict }: Explanation): RemedyTarget {
  const valueOf = (label: string): string | undefined =>
    stations.flatMap(({ facts }) => facts).find((fact) => fact.label === label)?.value;
  const template = valueOf('template')?.replace(/ v\d+$/, '');
  const account = valueOf('account') ?? valueOf('quota');
  const original = valueOf('duplicateOf');
  return {
    ref,
    ...(message !== undefined && { message }),
    ...(template !== undefined && { template }),
    ...(account !== undefined && { account }),
    ...(original !== undefined && { original }),
    ...(verdict.reason !== undefined && { reason: verdict.reason }),
  };
}

/** What else went to the person in that time. */
function Candidates({ explanation }: { readonly explanation: Explanation }): ReactNode {
  const t = useText();
  const address = useAddress();
  const channelLabel = useChannelLabel();
  const { candidates, message } = explanation;
  const columns: readonly Column<Candidate>[] = [
    { id: 'time', title: t('messages.time'), render: ({ at }) => <Moment at={at} /> },
    {
      id: 'template',
      title: t('messages.template'),
      isCut: true,
      render: ({ template, channel, message: id }) => (
        <>
          <button type="button" className="plain link" onClick={() => address.set({ message: id })}>
            {template ?? t('messages.inline')}
          </button>
          <div className="small muted">{channelLabel(channel)}</div>
        </>
      ),
    },
    {
      id: 'status',
      title: t('messages.status'),
      render: ({ status, reason }) => (
        <>
          <StatusTag status={status} />
          <div className="small muted">
            <ReasonText code={reason} />
          </div>
        </>
      ),
    },
  ];
  return (
    <section>
      <h2 className="section-title">{t('why.candidates')}</h2>
      <DataTable
        caption={t('why.candidates')}
        columns={columns}
        rows={candidates}
        keyOf={({ message: id }) => id}
        selected={message}
        onOpen={({ message: id }) => address.set({ message: id })}
        empty={t('why.noCandidates')}
      />
    </section>
  );
}
