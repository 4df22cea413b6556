import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, bodyOf } from '../../api/client.js';
import { downloadFile } from '../../api/download.js';
import { usePages } from '../../api/pages.js';
import type { RecallResult } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea, faultSentence } from '../../ui/fault-area.js';
import { count, shortId } from '../../ui/format.js';
import { ReasonText } from '../../ui/reason-text.js';
import { StatusTag } from '../../ui/status-tag.js';

const LIVE_MS = 2_000;
const OUTCOMES = ['canceled', 'recalled', 'failed', 'uncertain', 'waiting'] as const;

/** The page as a file, with every recipient. */
export function ReportButton({ id }: { readonly id: string }): ReactNode {
  const t = useText();
  const { message: notice } = App.useApp();
  const save = (): void => {
    downloadFile(`/v1/recalls/report?recall=${id}`).catch((error: unknown) => notice.error(faultSentence(error, t)));
  };
  return (
    <Button icon={<DownloadOutlined />} onClick={save}>
      {t('recalls.report')}
    </Button>
  );
}

/** The fate of each recipient, all or those of one outcome. */
export function RecallResults({ id, isRunning }: { readonly id: string; readonly isRunning: boolean }): ReactNode {
  const t = useText();
  const address = useAddress();
  const outcome = OUTCOMES.find((status) => status === address.get('outcome'));
  const pages = usePages<RecallResult>(
    ['recall-results', id, outcome],
    (cursor) => {
      const query = { ...(outcome && { status: [outcome] }), ...(cursor && { cursor }) };
      return bodyOf(api.GET('/v1/recalls/{id}/results', { params: { path: { id }, query } }));
    },
    { refetchMs: isRunning ? LIVE_MS : false },
  );
  const columns: readonly Column<RecallResult>[] = [
    {
      id: 'who',
      title: t('fate.recipient'),
      isCut: true,
      render: ({ recipient }) => <span className="mono">{recipient}</span>,
    },
    { id: 'status', title: t('messages.status'), render: ({ status }) => <StatusTag status={status} /> },
    {
      id: 'reason',
      title: t('messages.reason'),
      render: (row) => (
        <>
          <ReasonText code={row.reason} />
          {row.text !== undefined && <div className="small muted">{row.text}</div>}
        </>
      ),
    },
    {
      id: 'correction',
      title: t('recalls.correction'),
      render: ({ correction }) =>
        correction &&
        (correction.messageId === undefined ? (
          <ReasonText code={correction.reason} />
        ) : (
          <Link to={`/messages/${correction.messageId}`}>{t('recalls.correctionSent')}</Link>
        )),
    },
    {
      id: 'message',
      title: t('nav.messages'),
      render: ({ messageId, deliveryNo }) => (
        <Link to={`/messages/${messageId}`} className="mono">
          {shortId(messageId)} #{deliveryNo}
        </Link>
      ),
    },
  ];
  return (
    <>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <div className="row filters" role="group" aria-label={t('recalls.results')}>
        {OUTCOMES.map((status) => (
          <button
            key={status}
            type="button"
            className={`chip ${status === outcome ? 'is-on' : ''}`}
            aria-pressed={status === outcome}
            onClick={() => address.set({ outcome: status === outcome ? undefined : status })}
          >
            {t(`status.${status}`)}
          </button>
        ))}
      </div>
      <DataTable
        caption={t('recalls.results')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => `${row.messageId} ${row.deliveryNo} ${row.recipient}`}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('recalls.noResults')}
        foot={t(pages.hasMore ? 'list.more' : 'list.all', { count: count(pages.rows.length) })}
      />
    </>
  );
}
