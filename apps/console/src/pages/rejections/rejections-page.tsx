import { Drawer } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, bodyOf } from '../../api/client.js';
import { usePages } from '../../api/pages.js';
import type { Rejection } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { RangeSelect } from '../../app/range-select.js';
import { TextFilters, type TextFilter } from '../../app/text-filters.js';
import { startOf } from '../../app/time-range.js';
import { usePreferences } from '../../session/preferences.js';
import { useText } from '../../texts/text-provider.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { FaultArea } from '../../ui/fault-area.js';
import { count } from '../../ui/format.js';
import { IdText } from '../../ui/id-text.js';
import { JsonView } from '../../ui/json-view.js';
import { Moment } from '../../ui/moment.js';
import { PageHead } from '../../ui/page-head.js';

const PAGE = 50;

const FILTERS = [
  { name: 'caller', text: 'rejections.findCaller' },
  { name: 'template', text: 'rejections.findTemplate' },
  { name: 'code', text: 'rejections.findCode' },
  { name: 'keyName', text: 'rejections.findKey' },
] as const satisfies readonly TextFilter[];

/** Several are separated by commas, but a name may hold one. */
const queryOf = ({ caller, template, code, keyName }: Readonly<Record<string, string>>): object => ({
  ...(caller && { caller: caller.split(',') }),
  ...(template && { template: template.split(',') }),
  ...(code && { code: code.split(',') }),
  ...(keyName && { keyName }),
});

/** What business systems asked for and did not get: the other half of "it never arrived". */
export default function RejectionsPage(): ReactNode {
  const t = useText();
  const address = useAddress();
  const { language } = usePreferences();
  const columns = useColumns();
  const from = address.get('from') || '-7d';
  const createdAfter = useMemo(() => startOf(from), [from]);
  const filters = Object.fromEntries(FILTERS.map(({ name }) => [name, address.get(name)]));
  const pages = usePages<Rejection>(['rejections', from, filters, language], (cursor) => {
    const query = {
      ...queryOf(filters),
      limit: PAGE,
      ...(createdAfter !== undefined && { createdAfter }),
      ...(cursor !== undefined && { cursor }),
    };
    return bodyOf(api.GET('/v1/rejections', { params: { query } }));
  });
  const shown = pages.rows.find(({ id }) => id === address.get('sel'));
  return (
    <div className="page">
      <PageHead title={t('nav.rejections')} lead={t('rejections.lead')} />
      <div className="row filters">
        <RangeSelect fallback="-7d" />
        <TextFilters filters={FILTERS} width={220} />
      </div>
      {pages.error !== null && <FaultArea error={pages.error} retry={pages.reload} />}
      <DataTable
        caption={t('nav.rejections')}
        columns={columns}
        rows={pages.rows}
        keyOf={({ id }) => id}
        selected={address.get('sel')}
        onOpen={({ id }) => address.set({ sel: id })}
        isLoading={pages.isLoading}
        onEnd={pages.loadMore}
        empty={t('rejections.none')}
        foot={t(pages.hasMore ? 'list.more' : 'list.all', { count: count(pages.rows.length) })}
      />
      <Drawer
        open={shown !== undefined}
        onClose={() => address.set({ sel: undefined })}
        size={560}
        title={shown?.title}
      >
        {shown && <Detail of={shown} />}
      </Drawer>
    </div>
  );
}

function Detail({ of }: { readonly of: Rejection }): ReactNode {
  const t = useText();
  return (
    <div className="stack">
      <div className="row">
        <span className="mono">{of.code}</span> <span className="muted">{of.route}</span> <Moment at={of.at} />
      </div>
      <div className="row">
        {t('fault.requestId')} <IdText id={of.requestId} isFull />
      </div>
      <p className="small muted">{t('rejections.hint')}</p>
      {of.errors.length > 0 && <JsonView title={t('rejections.faults')} value={of.errors} />}
    </div>
  );
}

function useColumns(): readonly Column<Rejection>[] {
  const t = useText();
  const address = useAddress();
  return [
    { id: 'time', title: t('messages.time'), width: 150, render: ({ at }) => <Moment at={at} /> },
    {
      id: 'error',
      title: t('rejections.code'),
      isCut: true,
      render: ({ code, errors, id, title }) => (
        <>
          <button type="button" className="plain link" onClick={() => address.set({ sel: id })}>
            {title}
          </button>
          <div className="small muted">
            <span className="mono">{code}</span>
            {errors.length > 0 && ` · ${t('rejections.faultCount', { count: errors.length })}`}
          </div>
        </>
      ),
    },
    { id: 'status', title: t('rejections.status'), align: 'right', render: ({ status }) => status },
    {
      id: 'template',
      title: t('messages.template'),
      isCut: true,
      render: ({ template }) => template && <Link to={`/templates/${template}`}>{template}</Link>,
    },
    { id: 'caller', title: t('messages.caller'), isCut: true, render: ({ caller }) => caller },
    { id: 'key', title: t('rejections.key'), isCut: true, render: ({ keyName }) => keyName },
    {
      id: 'route',
      title: t('rejections.route'),
      isCut: true,
      render: ({ route }) => <span className="mono">{route}</span>,
    },
    { id: 'request', title: t('fault.requestId'), render: ({ requestId }) => <IdText id={requestId} /> },
  ];
}
