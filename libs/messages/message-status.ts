import { FINAL_RECIPIENT_STATUSES, type FinalRecipientStatus, type MessageStatus } from './states.js';

/** How many recipient rows of a message are in each final state. */
export type RecipientCounts = Readonly<Record<FinalRecipientStatus, number>>;

interface Rule {
  readonly status: MessageStatus;
  readonly applies: (counts: RecipientCounts) => boolean;
  /** The same condition over counter expressions. */
  readonly sql: (count: (status: FinalRecipientStatus) => string) => string;
}

const REACHED = ['sent', 'delivered', 'read'] as const;
const MISSED = ['failed', 'invalid', 'expired', 'canceled'] as const;

const sum = (counts: RecipientCounts, statuses: readonly FinalRecipientStatus[]): number =>
  statuses.reduce((total, status) => total + counts[status], 0);

type Count = (status: FinalRecipientStatus) => string;
const sqlSum = (count: Count, statuses: readonly FinalRecipientStatus[]): string =>
  `(${statuses.map(count).join(' + ')})`;

/** The status of a message whose rows are all final: the first rule that fits. Order is meaning. */
const RULES: readonly Rule[] = [
  { status: 'unknown', applies: (c) => c.unknown > 0, sql: (n) => `${n('unknown')} > 0` },
  {
    status: 'recalled',
    applies: (c) => sum(c, REACHED) === 0 && c.recalled > 0,
    sql: (n) => `${sqlSum(n, REACHED)} = 0 AND ${n('recalled')} > 0`,
  },
  {
    status: 'partial',
    applies: (c) => sum(c, REACHED) > 0 && sum(c, MISSED) > 0,
    sql: (n) => `${sqlSum(n, REACHED)} > 0 AND ${sqlSum(n, MISSED)} > 0`,
  },
  {
    status: 'read',
    applies: (c) => c.read > 0 && c.sent + c.delivered === 0,
    sql: (n) => `${n('read')} > 0 AND ${sqlSum(n, ['sent', 'delivered'])} = 0`,
  },
  {
    status: 'delivered',
    applies: (c) => c.delivered + c.read > 0 && c.sent === 0,
    sql: (n) => `${sqlSum(n, ['delivered', 'read'])} > 0 AND ${n('sent')} = 0`,
  },
  { status: 'sent', applies: (c) => sum(c, REACHED) > 0, sql: (n) => `${sqlSum(n, REACHED)} > 0` },
  {
    status: 'failed',
    applies: (c) => c.failed + c.invalid > 0,
    sql: (n) => `${sqlSum(n, ['failed', 'invalid'])} > 0`,
  },
  { status: 'expired', applies: (c) => c.expired > 0, sql: (n) => `${n('expired')} > 0` },
  { status: 'canceled', applies: (c) => c.canceled > 0, sql: (n) => `${n('canceled')} > 0` },
];

export const noCounts = (): Record<FinalRecipientStatus, number> => ({
  sent: 0,
  delivered: 0,
  read: 0,
  invalid: 0,
  failed: 0,
  unknown: 0,
  suppressed: 0,
  canceled: 0,
  expired: 0,
  recalled: 0,
});

/** The final status of a message, from its recipients' final states. */
export const finalMessageStatus = (counts: RecipientCounts): MessageStatus =>
  RULES.find((rule) => rule.applies(counts))?.status ?? 'suppressed';

/** The same decision as an SQL expression over counter expressions. */
export const finalMessageStatusSql = (count: Count): string =>
  `CASE ${RULES.map((rule) => `WHEN ${rule.sql(count)} THEN '${rule.status}'`).join(' ')} ELSE 'suppressed' END`;

export const counterColumn = (status: FinalRecipientStatus): string => `n_${status}`;

/**
 * The `SET` list that applies deltas to a message row: counters, open rows, and the status once nothing is open. It
 * reads only the row's own columns, so that concurrent updates of one message add up in any order.
 *
 * `delta` answers the expression of the change of one counter; `closed` that of the rows leaving `pending`.
 */
export function messageDeltaSql(row: string, delta: Count, closed: string, reason: string): string {
  const next: Count = (status) => `(${row}.${counterColumn(status)} + ${delta(status)})`;
  const counters = FINAL_RECIPIENT_STATUSES.map((status) => `${counterColumn(status)} = ${next(status)}`);
  const open = `${row}.open_rows - ${closed}`;
  const final = finalMessageStatusSql(next);
  return [
    ...counters,
    `open_rows = ${open}`,
    `status = CASE WHEN ${open} = 0 THEN ${final} ELSE 'accepted' END`,
    // The last reason stands; a success needs none.
    `reason = CASE WHEN ${open} = 0 AND ${final} IN ('sent', 'delivered', 'read') THEN NULL
              ELSE coalesce(${reason}, ${row}.reason) END`,
    'updated_at = now()',
  ].join(',\n    ');
}
