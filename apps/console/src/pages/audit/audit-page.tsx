import { Drawer } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { AuditEntry } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { startOf } from '../../app/time-range.js';
import { RangeSelect } from '../../app/range-select.js';
import { TextFilters, type TextFilter } from '../../app/text-filters.js';
import { useText } from '../../texts/text-provider.js';
import { JsonView } from '../../ui/json-view.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { IdText } from '../../ui/id-text.js';
import { Moment } from '../../ui/moment.js';
import { PageHead } from '../../ui/page-head.js';

const PAGE = 100;

const FILTERS = [
  { name: 'actor', text: 'audit.findActor' },
  { name: 'action', text: 'audit.findAction' },
  { name: 'object', text: 'audit.findObject' },
] as const satisfies readonly TextFilter[];

/** Who changed what, and when: nothing is ever removed from it here. */
export default function AuditPage(): ReactNode {
  const t = useText();
  const address = useAddress();
  const columns = useColumns();
  const from = address.get('from') || '-7d';
  const createdAfter = useMemo(() => startOf(from), [from]);
  const filters = Object.fromEntries(FILTERS.map(({ name }) => [name, address.get(name)]));
  const pages = usePages<AuditEntry>(['audit', from, filters], (cursor) => {
    const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''));
    const query = {
      ...given,
      limit: PAGE,
      ...(createdAfter !== undefined && { createdAfter }),
      ...(cursor !== undefined && { cursor }),
    };
    return bodyOf(api.GET('/v1/audit-log', { params: { query } }));
  });
  const shown = pages.rows.find(({ id }) => id === address.get('sel'));
  return (
    <div className="page">
      <PageHead title={t('nav.audit')} lead={t('audit.lead')} />
      <div className="row filters">
        <RangeSelect fallback="-7d" />
        <TextFilters filters={FILTERS} width={280} />
      </div>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('nav.audit')}
        columns={columns}
        rows={pages.rows}
        keyOf={({ id }) => id}
        selected={address.get('sel')}
        onOpen={({ id }) => address.set({ sel: id })}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('audit.none')}
        foot={t(pages.hasMore ? 'list.more' : 'list.all', { count: count(pages.rows.length) })}
      />
      <Drawer
        open={shown !== undefined}
        onClose={() => address.set({ sel: undefined })}
        size={560}
        title={shown && `${shown.action} ${shown.object}`}
      >
        {shown && <JsonView title={t('audit.details')} value={shown.details} />}
      </Drawer>
    </div>
  );
}

function useColumns(): readonly Column<AuditEntry>[] {
  const t = useText();
  const address = useAddress();
  return [
    { id: 'time', title: t('messages.time'), width: 150, render: ({ at }) => <Moment at={at} /> },
    { id: 'actor', title: t('audit.actor'), isCut: true, render: ({ actor }) => actor ?? t('audit.system') },
    { id: 'caller', title: t('dead.caller'), isCut: true, render: ({ caller }) => caller },
    {
      id: 'action',
      title: t('audit.action'),
      render: ({ action, id }) => (
        <button type="button" className="plain link mono" onClick={() => address.set({ sel: id })}>
          {action}
        </button>
      ),
    },
    {
      id: 'object',
      title: t('audit.object'),
      isCut: true,
      render: ({ object }) => <span className="mono">{object}</span>,
    },
    {
      id: 'request',
      title: t('fault.requestId'),
      render: ({ requestId }) => (requestId === null ? null : <IdText id={requestId} />),
    },
  ];
}
