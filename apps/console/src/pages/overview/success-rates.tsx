import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useAccounts, useChannelLabel } from '../../api/catalogue.js';
import type { SummaryGroup } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count, share } from '../../ui/format.js';
import { Lasting } from '../../ui/moment.js';
import { useFigureRange } from './series.js';
import { useSummary, type SummaryGroupBy } from './summary.js';

const GROUPS: readonly SummaryGroupBy[] = ['channel', 'account', 'template', 'caller'];
const MOST = 12;

const isGroup = (text: string): text is SummaryGroupBy => GROUPS.includes(text as SummaryGroupBy);

/** Who succeeds and who is slow, split by what the reader suspects. */
export function SuccessRates(): ReactNode {
  const t = useText();
  const address = useAddress();
  const chosen = address.get('by');
  const groupBy = isGroup(chosen) ? chosen : 'channel';
  const { data, error } = useSummary(groupBy);
  const rows = (data?.groups ?? []).slice(0, MOST);
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('rates.title')}</h2>
        <Segmented
          size="small"
          aria-label={t('figures.by')}
          value={groupBy}
          onChange={(by: string) => address.set({ by: by === 'channel' ? undefined : by })}
          options={GROUPS.map((value) => ({ value, label: t(`figures.by.${value}`) }))}
        />
      </div>
      {error !== null && !data && <FaultArea error={error} />}
      {rows.length === 0 ? (
        <p className="muted">{data && t('figures.none')}</p>
      ) : (
        <Rows groupBy={groupBy} rows={rows} />
      )}
    </section>
  );
}

interface RowsProps {
  readonly groupBy: SummaryGroupBy;
  readonly rows: readonly SummaryGroup[];
}

function Rows({ groupBy, rows }: RowsProps): ReactNode {
  const t = useText();
  const { from } = useFigureRange();
  const nameOf = useGroupName(groupBy);
  return (
    <table className="table">
      <caption className="hidden">{t('rates.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t(`figures.by.${groupBy}`)}</th>
          <th scope="col" className="right">
            {t('messages.recipients')}
          </th>
          <th scope="col">{t('rates.success')}</th>
          <th scope="col">p95</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, recipients, successRate, latency }) => (
          <tr key={key ?? ''}>
            <td className="cut">
              {key === null ? nameOf(key) : <Link to={`/messages?${groupBy}=${key}&from=${from}`}>{nameOf(key)}</Link>}
            </td>
            <td className="right num">{count(recipients)}</td>
            <td className="num">
              <meter className="meter" min={0} max={1} value={successRate ?? 0} aria-label={nameOf(key)} />{' '}
              {successRate === null ? '—' : share(successRate, 1)}
            </td>
            <td>
              <Lasting ms={latency.p95Ms ?? undefined} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useGroupName(groupBy: SummaryGroupBy): (key: string | null) => string {
  const t = useText();
  const channelLabel = useChannelLabel();
  const { data: accounts } = useAccounts();
  return (key) => {
    if (key === null) return t(groupBy === 'template' ? 'messages.inline' : 'figures.other');
    if (groupBy === 'channel') return channelLabel(key);
    return (groupBy === 'account' && accounts?.find(({ code }) => code === key)?.name) || key;
  };
}
