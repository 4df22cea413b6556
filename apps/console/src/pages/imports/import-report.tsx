import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, bodyOf } from '../../api/client.js';
import { saveBlob } from '../../api/download.js';
import type { Import } from '../../api/types.js';
import { useText, type TextKey } from '../../texts/text-provider.js';
import { faultSentence } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { ToneTag, type Tone } from '../../ui/status-tag.js';
import { ImportProgress, ImportStatus } from './import-progress.js';

const SHOWN = 20;

const TILES: readonly { readonly name: keyof Import['counts']; readonly text: TextKey; readonly tone: Tone }[] = [
  { name: 'rows', text: 'imports.rows', tone: 'neutral' },
  { name: 'waiting', text: 'imports.waiting', tone: 'waiting' },
  { name: 'ready', text: 'imports.ready', tone: 'progress' },
  { name: 'accepted', text: 'imports.accepted', tone: 'ok' },
  { name: 'duplicate', text: 'imports.duplicate', tone: 'suppressed' },
  { name: 'faulty', text: 'imports.faulty', tone: 'danger' },
];

/** How far a file is, how its columns were read, and which of its lines are wrong. */
export function ImportReport({ of }: { readonly of: Import }): ReactNode {
  const t = useText();
  const { id, columns, counts, providerCalls, dryRun } = of;
  const results = of.results as Readonly<Record<string, number>> | undefined;
  return (
    <section className="card" aria-label={t('imports.report')}>
      <div className="row filters">
        <ImportStatus status={of.status} />
        <ImportProgress of={of} />
        {providerCalls !== undefined && (
          <span className="muted">{t('imports.calls', { count: count(providerCalls) })}</span>
        )}
        {of.encoding !== undefined && (
          <span className="muted">{t('imports.encoding', { name: of.encoding.toUpperCase() })}</span>
        )}
        {!dryRun && <Link to={`/messages?batchId=${id}&from=-30d`}>{t('imports.messages')}</Link>}
      </div>
      <div className="groups is-dense">
        {TILES.map(({ name, text, tone }) => (
          <div key={name} className="group is-still">
            <div className="figure">{count(counts[name])}</div>
            <ToneTag tone={tone}>{t(text)}</ToneTag>
          </div>
        ))}
      </div>
      {results !== undefined && !dryRun && (
        <p className="filters">
          {t('imports.results', {
            messages: count(results['messages'] ?? 0),
            sent: count((results['sent'] ?? 0) + (results['delivered'] ?? 0) + (results['read'] ?? 0)),
            failed: count((results['failed'] ?? 0) + (results['invalid'] ?? 0)),
            open: count(results['open'] ?? 0),
          })}
        </p>
      )}
      <p className="small muted">{t('imports.columns')}</p>
      <div className="row filters">
        {columns.map(({ header, address, variable }) => (
          <span key={header} className="tag tag-neutral">
            {header} → {address ?? variable ?? t('imports.unread')}
          </span>
        ))}
      </div>
      {counts.faulty + counts.duplicate > 0 && <Faults of={of} />}
    </section>
  );
}

/** The first wrong lines, and all of them in a file. */
function Faults({ of }: { readonly of: Import }): ReactNode {
  const t = useText();
  const { message: notice } = App.useApp();
  const { id, fileName = 'import.csv', counts } = of;
  const { data } = useQuery({
    queryKey: ['import-faults', id, counts.faulty],
    enabled: counts.faulty > 0,
    queryFn: () => {
      const query = { outcome: 'faulty' as const, limit: SHOWN };
      return bodyOf(api.GET('/v1/imports/{id}/rows', { params: { path: { id }, query } }));
    },
  });
  const save = async (): Promise<void> => {
    try {
      const file = await bodyOf(api.GET('/v1/imports/{id}/faults', { params: { path: { id } }, parseAs: 'blob' }));
      saveBlob(`${fileName.replace(/\.\w+$/, '')}-faults.csv`, file);
    } catch (error) {
      void notice.error(faultSentence(error, t));
    }
  };
  return (
    <>
      <div className="row filters">
        <span className="strong">{t('imports.faults')}</span>
        <Button size="small" icon={<DownloadOutlined />} onClick={() => void save()}>
          {t('imports.faultsFile')}
        </Button>
      </div>
      <ul className="hits">
        {data?.data.map(({ no, cells, faults }) => (
          <li key={no} className="row">
            <span className="num muted">{t('imports.line', { no })}</span>
            <span className="danger-text">{faults.map(({ message }) => message).join(' · ')}</span>
            <span className="mono small muted cut">{cells.join(', ')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
