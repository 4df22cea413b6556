import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, bodyOf } from '../../api/client.js';
import type { RankedReason } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count, share } from '../../ui/format.js';
import { usePreferences } from '../../session/preferences.js';
import { useFigureRange } from './series.js';

const LIVE_MS = 30_000;
const MOST = 10;
const GROUPS = ['reason', 'provider_code', 'account', 'template', 'caller'] as const;

type Group = (typeof GROUPS)[number];

const isGroup = (text: string): text is Group => GROUPS.includes(text as Group);

/** Why people got nothing, the most frequent first. */
export function ReasonRanking(): ReactNode {
  const t = useText();
  const address = useAddress();
  const { language } = usePreferences();
  const { from, query } = useFigureRange();
  const chosen = address.get('why');
  const groupBy = isGroup(chosen) ? chosen : 'reason';
  const { data, error } = useQuery({
    queryKey: ['reason-ranking', from, groupBy, language],
    refetchInterval: LIVE_MS,
    queryFn: () => bodyOf(api.GET('/v1/stats/reasons', { params: { query: { ...query(), groupBy } } })),
  });
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('ranking.title')}</h2>
        <Segmented
          size="small"
          aria-label={t('figures.by')}
          value={groupBy}
          onChange={(why: string) => address.set({ why: why === 'reason' ? undefined : why })}
          options={GROUPS.map((value) => ({ value, label: t(`figures.by.${value}`) }))}
        />
      </div>
      {error !== null && !data && <FaultArea error={error} />}
      {data?.data.length === 0 && <p className="muted">{t('ranking.none')}</p>}
      {data && data.data.length > 0 && (
        <table className="table">
          <caption className="hidden">{t('ranking.title')}</caption>
          <tbody>
            {data.data.slice(0, MOST).map((row) => (
              <tr key={`${row.channel ?? ''} ${row.key ?? ''}`}>
                <td>
                  <Ranked row={row} groupBy={groupBy} from={from} />
                </td>
                <td className="num right">
                  <meter className="meter is-bad" min={0} max={1} value={row.share} aria-label={nameOf(row)} />{' '}
                  {count(row.count)} · {share(row.share, 1)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** A sentence about many has no names in it. */
const sentenceOf = (text: string | undefined): string | undefined => text?.replace(/\{\w+\}/g, '…');

const nameOf = ({ key, title, text }: RankedReason): string => title ?? sentenceOf(text) ?? key ?? '—';

interface RankedProps {
  readonly row: RankedReason;
  readonly groupBy: Group;
  readonly from: string;
}

function Ranked({ row, groupBy, from }: RankedProps): ReactNode {
  const { key, title, text, hint, reasons, channel } = row;
  const note = [
    groupBy === 'provider_code' ? `${channel ?? ''} ${key ?? ''}` : '',
    title === undefined ? '' : sentenceOf(text),
    hint,
    ...(reasons ?? []).map((reason) => `${reason.title ?? reason.reason} ${count(reason.count)}`),
  ]
    .filter((part) => part !== undefined && part.trim() !== '')
    .join(' · ');
  return (
    <>
      {key === null || groupBy === 'provider_code' ? (
        nameOf(row)
      ) : (
        <Link to={`/messages?${groupBy}=${key}&from=${from}`}>{nameOf(row)}</Link>
      )}
      {note !== '' && <div className="small muted">{note}</div>}
    </>
  );
}
