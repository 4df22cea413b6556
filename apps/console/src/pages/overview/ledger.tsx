import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, bodyOf } from '../../api/client.js';
import type { Balance } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { startOf } from '../../app/time-range.js';
import { useText, type TextKey } from '../../texts/text-provider.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count, share } from '../../ui/format.js';
import { ToneTag, type Tone } from '../../ui/status-tag.js';

const LIVE_MS = 10_000;

interface Tile {
  readonly text: TextKey;
  readonly tone: Tone;
  readonly of: (counts: Balance['rows']) => number;
  readonly status: string;
}

const TILES: readonly Tile[] = [
  {
    text: 'tile.sent',
    tone: 'sent',
    of: (rows) => rows.sent + rows.delivered + rows.read,
    status: 'sent,delivered,read,partial',
  },
  { text: 'tile.delivered', tone: 'ok', of: (rows) => rows.delivered + rows.read, status: 'delivered,read' },
  { text: 'tile.failed', tone: 'danger', of: (rows) => rows.failed + rows.invalid, status: 'failed,partial' },
  { text: 'tile.unknown', tone: 'unknown', of: (rows) => rows.unknown, status: 'unknown' },
  { text: 'tile.suppressed', tone: 'suppressed', of: (rows) => rows.suppressed, status: 'suppressed,partial' },
  {
    text: 'tile.withdrawn',
    tone: 'withdrawn',
    of: (rows) => rows.canceled + rows.expired + rows.recalled,
    status: 'canceled,expired,recalled',
  },
  { text: 'tile.waiting', tone: 'waiting', of: (rows) => rows.inFlight, status: 'accepted,scheduled,sending' },
];

/** The figures of the range, and whether the books balance: each recipient has exactly one fate. */
export function Ledger(): ReactNode {
  const t = useText();
  const address = useAddress();
  const from = address.get('from') || '-24h';
  const { data, error, refetch } = useQuery({
    queryKey: ['balance', from],
    refetchInterval: LIVE_MS,
    queryFn: () => {
      const createdAfter = startOf(from);
      return bodyOf(api.GET('/v1/stats/balance', { params: { query: { ...(createdAfter && { createdAfter }) } } }));
    },
  });
  if (error !== null && !data) return <FaultArea error={error} retry={() => void refetch()} />;
  const rows = data?.rows;
  return (
    <section className="card" aria-label={t('ledger.title')}>
      <div className="card-head">
        <h2>{t('ledger.title')}</h2>
        {data && (
          <span className={data.balanced ? 'ok-text' : 'danger-text'}>
            {t(data.balanced ? 'ledger.balanced' : 'ledger.unbalanced')}
          </span>
        )}
      </div>
      <div className="groups is-quad">
        <div className="group">
          <div className="figure">{data ? count(data.accepted) : '…'}</div>
          <ToneTag tone="neutral">{t('tile.accepted')}</ToneTag>
          <div className="small muted">{data && t('tile.messages', { count: count(data.messages) })}</div>
        </div>
        {TILES.map(({ text, tone, of, status }) => (
          <Link key={text} className="group" to={`/messages?status=${status}&from=${from}`}>
            <div className="figure">{rows ? count(of(rows)) : '…'}</div>
            <ToneTag tone={tone}>{t(text)}</ToneTag>
            <div className="small muted">{rows && data ? share(of(rows), data.accepted) : ''}</div>
          </Link>
        ))}
      </div>
    </section>
  );
}
