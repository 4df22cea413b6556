import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useLabel, useReasons } from '../../api/catalogue.js';
import type { DeadLetter } from '../../api/types.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { count } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { ReasonText } from '../../ui/reason-text.js';
import { placeOfRemedy } from '../remedies/index.js';
import { ReplayButton, type DeadLetterFilter } from './replay-button.js';

interface GroupsProps {
  readonly rows: readonly DeadLetter[];
  readonly chosen: string;
  readonly filter: DeadLetterFilter;
  readonly hasMore: boolean;
}

interface Group {
  readonly reason: string;
  readonly rows: readonly DeadLetter[];
}

function groupsOf(rows: readonly DeadLetter[]): readonly Group[] {
  const groups = new Map<string, DeadLetter[]>();
  for (const row of rows) {
    if (row.reason !== undefined) groups.set(row.reason, [...(groups.get(row.reason) ?? []), row]);
  }
  return [...groups]
    .map(([reason, members]) => ({ reason, rows: members }))
    .sort((left, right) => right.rows.length - left.rows.length);
}

/** One cause, one remedy, one replay: the cause first. */
export function DeadLetterGroups({ rows, chosen, filter, hasMore }: GroupsProps): ReactNode {
  const t = useText();
  const groups = groupsOf(rows);
  if (groups.length === 0) return null;
  return (
    <section aria-label={t('dead.groups')} className="filters">
      <div className="groups">
        {groups.map((group) => (
          <GroupShown key={group.reason} group={group} isOn={chosen === group.reason} filter={filter} />
        ))}
      </div>
      {hasMore && <p className="small muted">{t('dead.loaded', { count: count(rows.length) })}</p>}
    </section>
  );
}

interface GroupProps {
  readonly group: Group;
  readonly isOn: boolean;
  readonly filter: DeadLetterFilter;
}

const distinct = (values: readonly (string | null)[]): readonly string[] => [
  ...new Set(values.filter((value): value is string => value !== null)),
];

function GroupShown({ group, isOn, filter }: GroupProps): ReactNode {
  const t = useText();
  const address = useAddress();
  const { reason, rows } = group;
  const accounts = distinct(rows.map(({ account }) => account));
  const templates = distinct(rows.map(({ template }) => template));
  const first = rows.map(({ failedAt }) => failedAt).sort()[0];
  return (
    <div className={`group ${isOn ? 'is-on' : ''}`}>
      <button
        type="button"
        className="group-open"
        aria-pressed={isOn}
        onClick={() => address.set({ reason: isOn ? undefined : reason })}
      >
        <span className="figure">{count(rows.length)}</span>
      </button>
      <div className="strong">
        <ReasonText code={reason} />
      </div>
      <div className="small muted">
        {t('dead.templates', { count: templates.length })} · {t('dead.accounts', { count: accounts.length })} ·{' '}
        <Moment at={first} />
      </div>
      <div className="row remedies">
        <Causes reason={reason} account={accounts[0]} template={templates[0]} />
        <ReplayButton filter={{ ...filter, reason: [reason] }} isAll={false} size="small" />
      </div>
    </div>
  );
}

interface CausesProps {
  readonly reason: string;
  readonly account: string | undefined;
  readonly template: string | undefined;
}

/** Where the cause is mended, before anything is sent again. */
function Causes({ reason, account, template }: CausesProps): ReactNode {
  const label = useLabel();
  const entry = useReasons().get(reason);
  const target = { reason, ...(account !== undefined && { account }), ...(template !== undefined && { template }) };
  return entry?.remedies.map(({ id, label: text }) => {
    const place = placeOfRemedy(id, target);
    return place === undefined ? null : (
      <Link key={id} to={place} className="small">
        {label(text)}
      </Link>
    );
  });
}
