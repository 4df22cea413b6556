import { Inject, Injectable } from '@nestjs/common';
import { lowestIdAt } from '#libs/core';
import { Database } from '#libs/database';
import { counterColumn, noCounts } from '../message-status.js';
import { FINAL_RECIPIENT_STATUSES, type FinalRecipientStatus } from '../states.js';

/** Recipient rows by what became of them. `inFlight`: not in a final state yet. */
export type BalanceCounts = Readonly<Record<'inFlight' | FinalRecipientStatus, number>>;

export interface Balance {
  readonly messages: number;
  /** Recipient rows that the messages were accepted with. */
  readonly accepted: number;
  /** The same rows as the messages' counters have them. */
  readonly counters: BalanceCounts;
  /** The same rows counted one by one. */
  readonly rows: BalanceCounts;
  /** `rows` minus `counters`, and `accepted` the sum of `rows` minus `accepted`: all zero while the books balance. */
  readonly difference: BalanceCounts & { readonly accepted: number };
  readonly balanced: boolean;
}

type Column = 'inFlight' | FinalRecipientStatus;

const COLUMNS: readonly Column[] = ['inFlight', ...FINAL_RECIPIENT_STATUSES];

const isColumn = (name: string): name is Column => (COLUMNS as readonly string[]).includes(name);

const SUMS = FINAL_RECIPIENT_STATUSES.map((status) => `'${status}', coalesce(sum(${counterColumn(status)}), 0)`);

/**
 * Both counts in one statement: it sees one snapshot, so what moves meanwhile is no difference. The id holds the time
 * of acceptance, so a range of time is a range of the primary keys and touches the partitions of its months only.
 */
const BALANCE = `
  SELECT m.messages, m.accepted, m.counters, r.rows
  FROM (
    SELECT count(*)::int AS messages, coalesce(sum(row_count), 0)::int AS accepted,
      json_build_object('inFlight', coalesce(sum(open_rows), 0), ${SUMS.join(', ')}) AS counters
    FROM message WHERE id >= $1::uuid AND id < $2::uuid) m
  CROSS JOIN (
    SELECT coalesce(json_object_agg(status, n), '{}') AS rows FROM (
      SELECT CASE status WHEN 'pending' THEN 'inFlight' ELSE status END AS status, count(*) AS n
      FROM recipient WHERE message_id >= $1::uuid AND message_id < $2::uuid GROUP BY 1) s) r`;

interface BalanceRow {
  readonly messages: number;
  readonly accepted: number;
  readonly counters: Readonly<Record<string, number>>;
  readonly rows: Readonly<Record<string, number>>;
}

const NONE: BalanceCounts = { inFlight: 0, ...noCounts() };

const sumOf = (counts: BalanceCounts): number => COLUMNS.reduce((sum, column) => sum + counts[column], 0);

function countsFrom(entries: Readonly<Record<string, number>>): BalanceCounts {
  const known = Object.entries(entries).filter(([name]) => isColumn(name));
  return { ...NONE, ...Object.fromEntries(known) };
}

function subtract(rows: BalanceCounts, counters: BalanceCounts): BalanceCounts {
  return { ...NONE, ...Object.fromEntries(COLUMNS.map((column) => [column, rows[column] - counters[column]])) };
}

/** Whether two independent counts agree: the counters on the messages and the rows of their recipients. */
export function balanceOf({ accepted, messages, ...row }: BalanceRow): Balance {
  const counters = countsFrom(row.counters);
  const rows = countsFrom(row.rows);
  const difference = { accepted: sumOf(rows) - accepted, ...subtract(rows, counters) };
  const balanced = Object.values(difference).every((value) => value === 0);
  return { messages, accepted, counters, rows, difference, balanced };
}

/** Proves that of what was accepted nothing is missing and nothing counted twice. */
@Injectable()
export class BalanceReader {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Of the messages accepted from `createdAfter` on and before `createdBefore`. */
  async read(createdAfter: Date, createdBefore: Date): Promise<Balance> {
    const range = [lowestIdAt(createdAfter), lowestIdAt(createdBefore)];
    const [row] = await this.database.query<BalanceRow>(BALANCE, range);
    return balanceOf(row ?? { messages: 0, accepted: 0, counters: {}, rows: {} });
  }
}
