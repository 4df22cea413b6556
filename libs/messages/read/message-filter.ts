import { lowestIdAt } from '#libs/core';
import { SHOWN_STATUS } from './message-rows.js';
import type { Reader } from './provider-words.js';

/** Who reads, and whose messages: one caller's, or everybody's when absent. */
export interface Visibility extends Reader {
  readonly callerId?: string;
}

/** Members of a list are alternatives, different members all have to fit. */
export interface MessageFilter extends Visibility {
  readonly ids?: readonly string[];
  readonly template?: readonly string[];
  readonly channel?: readonly string[];
  readonly account?: readonly string[];
  readonly status?: readonly string[];
  readonly reason?: readonly string[];
  /** Codes of callers. */
  readonly caller?: readonly string[];
  readonly businessKey?: readonly string[];
  readonly batchId?: readonly string[];
  /** Canonical refs. */
  readonly recipient?: readonly string[];
  readonly providerMsgId?: readonly string[];
  readonly createdAfter?: Date;
  readonly createdBefore?: Date;
  /** Continue after this id, towards older messages. */
  readonly before?: string;
  readonly limit: number;
}

const IN_FLIGHT = ['accepted', 'sending', 'scheduled'];
const COLUMNS = ['reason', 'status', 'template'] as const;
type Column = (typeof COLUMNS)[number];

/** Collects conditions and their parameters. */
class Conditions {
  readonly values: unknown[] = [];
  private readonly parts: string[] = [];

  add(condition: (parameter: string) => string, value: unknown): void {
    if (value !== undefined) this.push(condition(this.parameter(value)));
  }

  push(condition: string): void {
    this.parts.push(condition);
  }

  parameter(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  get sql(): string {
    return this.parts.length === 0 ? 'true' : this.parts.join(' AND ');
  }
}

/** One value is compared, so that an index gives the order; several are a list. */
const oneOf = (column: string, values: readonly string[], parameter: (value: unknown) => string, type = 'text') =>
  values.length === 1
    ? `${column} = ${parameter(values[0])}::${type}`
    : `${column} = ANY (${parameter(values)}::${type}[])`;

/** Where the ids come from when another table knows them: distinct, and in the order of an index of that table. */
function sources(filter: MessageFilter, where: Conditions): readonly string[] {
  const parameter = (value: unknown): string => where.parameter(value);
  const range = (column: string): string => rangeOf(filter, column, parameter);
  const distinct = (table: string, condition: string, column = 'message_id'): string =>
    `(SELECT DISTINCT k.${column} AS id FROM ${table} k WHERE ${condition}${range(`k.${column}`)})`;
  const { batchId, businessKey, providerMsgId, recipient } = filter;
  return [
    ...(businessKey ? [distinct('business_key', oneOf('k.key', businessKey, parameter))] : []),
    ...(providerMsgId ? [distinct('delivery', oneOf('k.provider_msg_id', providerMsgId, parameter))] : []),
    ...(batchId ? [distinct('message', oneOf('k.batch_id', batchId, parameter, 'uuid'), 'id')] : []),
    ...(recipient ? [distinct('recipient', oneOf('k.ref', recipient, parameter))] : []),
  ];
}

function rangeOf(filter: MessageFilter, column: string, parameter: (value: unknown) => string): string {
  const { before, createdAfter, createdBefore } = filter;
  return [
    createdAfter && ` AND ${column} >= ${parameter(lowestIdAt(createdAfter))}::uuid`,
    createdBefore && ` AND ${column} < ${parameter(lowestIdAt(createdBefore))}::uuid`,
    before !== undefined && ` AND ${column} < ${parameter(before)}::uuid`,
  ]
    .filter((part) => typeof part === 'string')
    .join('');
}

/** Nearly all messages end as sent. Whether a column picks out few, so that its order is the one to read in. */
const isPicky = ({ reason, status, template }: MessageFilter): boolean =>
  reason !== undefined || template !== undefined || (status !== undefined && !status.includes('sent'));

/** Accounts or channels, and nothing better to begin with: read in the order of their deliveries. */
const isByPlace = (filter: MessageFilter, sourceCount: number): boolean =>
  (filter.account ?? filter.channel) !== undefined && sourceCount === 0 && !filter.ids && !isPicky(filter);

/**
 * The accounts that anything was ever sent by, one step of an index each. Their deliveries are in the order of ids, which
 * those of a channel are not: an index for that would be written for every delivery and read for few pages.
 */
const USED_ACCOUNTS = `
  WITH RECURSIVE used (account) AS (
    (SELECT k.account FROM delivery k ORDER BY k.account LIMIT 1)
    UNION ALL
    SELECT (SELECT k.account FROM delivery k WHERE k.account > used.account ORDER BY k.account LIMIT 1)
    FROM used WHERE used.account IS NOT NULL
  )`;

/** An account keeps its channel; one that was deleted and made again may have had another. */
const CHANNELS_OF_USED = `ARRAY[
  (SELECT k.channel FROM delivery k WHERE k.account >= used.account ORDER BY k.account, k.message_id DESC LIMIT 1),
  (SELECT k.channel FROM delivery k WHERE k.account <= used.account ORDER BY k.account DESC, k.message_id LIMIT 1)]`;

/** The newest of all messages that are looked at before accounts are: a channel in use fills its page from them. */
const NEWEST = 500;

/**
 * The ids of one page of accounts: those of each account, merged. A range of one account instead of an equality: only one
 * index has its order, and the planner, which cannot know how many deliveries an account has, has no other choice.
 */
function accountPage(used: string, own: string, filter: MessageFilter, where: Conditions): string {
  const range = rangeOf(filter, 'k.message_id', (value) => where.parameter(value));
  return `
    SELECT DISTINCT a.id FROM ${used}
    CROSS JOIN LATERAL (
      SELECT DISTINCT ON (k.account, k.message_id) k.message_id AS id FROM delivery k JOIN message m ON m.id = k.message_id
      WHERE k.account >= used.account AND k.account <= used.account${own}${range} AND ${where.sql}
      ORDER BY k.account, k.message_id DESC LIMIT ${filter.limit}) a
    ORDER BY a.id DESC LIMIT ${filter.limit}`;
}

function placePage(filter: MessageFilter, where: Conditions): string {
  const { account, channel, limit } = filter;
  const parameter = (value: unknown): string => where.parameter(value);
  if (account) {
    addPlace(where, filter, 'channel');
    return accountPage(`(SELECT DISTINCT unnest(${parameter(account)}::text[]) AS account) used`, '', filter, where);
  }
  const channels = parameter(channel);
  const newest = `SELECT m.id FROM message m WHERE ${where.sql}${rangeOf(filter, 'm.id', parameter)} ORDER BY m.id DESC LIMIT ${NEWEST}`;
  const byAccount = accountPage(
    `(SELECT account FROM (${USED_ACCOUNTS} SELECT account FROM used) used
      WHERE (SELECT count(*) FROM lately) < ${limit} AND ${CHANNELS_OF_USED} && ${channels}::text[]) used`,
    ` AND k.channel = ANY (${channels}::text[])`,
    filter,
    where,
  );
  return `
    WITH lately AS MATERIALIZED (
      SELECT m.id FROM (${newest}) m
      WHERE ${wentBy('channel', channels)}
      ORDER BY m.id DESC LIMIT ${limit})
    SELECT m.id FROM (
      SELECT id FROM lately WHERE (SELECT count(*) FROM lately) = ${limit} UNION ALL (${byAccount})) m
    ORDER BY m.id DESC LIMIT ${limit}`;
}

/** The values that a column of the stored row may have; final states are stored, the others are derived from them. */
function storedValues(filter: MessageFilter, column: Column): readonly string[] | undefined {
  const values = filter[column];
  if (column !== 'status' || !values) return values && [...new Set(values)];
  const stored = values.filter((name) => !IN_FLIGHT.includes(name));
  return [...new Set(stored.length === values.length ? stored : [...stored, 'accepted'])];
}

/** As a look-up of its own for each message: as a join the planner might read all deliveries of a channel for it. */
const wentBy = (column: 'account' | 'channel', values: string): string =>
  `(SELECT true FROM delivery d WHERE d.message_id = m.id AND d.${column} = ANY (${values}::text[]) LIMIT 1)`;

function addPlace(where: Conditions, filter: MessageFilter, column: 'account' | 'channel'): void {
  where.add((p) => wentBy(column, p), filter[column]);
}

function addConditions(where: Conditions, filter: MessageFilter, merged: Column | undefined): void {
  addPlace(where, filter, 'account');
  addPlace(where, filter, 'channel');
  addPlainConditions(where, filter, merged);
}

function addPlainConditions(where: Conditions, filter: MessageFilter, merged: Column | undefined): void {
  const parameter = (value: unknown): string => where.parameter(value);
  where.add((p) => `m.caller_id = ${p}`, filter.callerId);
  where.add((p) => `m.id = ANY (${p}::uuid[])`, filter.ids);
  where.add((p) => `m.caller_id IN (SELECT c.id FROM caller c WHERE c.code = ANY (${p}::text[]))`, filter.caller);
  for (const column of COLUMNS) {
    const values = storedValues(filter, column);
    if (values && column !== merged) where.push(oneOf(`m.${column}`, values, parameter));
  }
  if (filter.status?.some((name) => IN_FLIGHT.includes(name))) {
    where.add((p) => `(m.status <> 'accepted' OR ${SHOWN_STATUS} = ANY (${p}::text[]))`, filter.status);
  }
}

/**
 * The ids of one page, newest first, without reading more than the page and what the filter leaves out: several values
 * of one column are one index scan each, merged; look-ups in other tables come first, in the order of their index.
 */
export function pageSql(filter: MessageFilter): { readonly sql: string; readonly values: readonly unknown[] } {
  const where = new Conditions();
  const parameter = (value: unknown): string => where.parameter(value);
  const [first, ...others] = sources(filter, where);
  if (isByPlace(filter, first === undefined ? 0 : 1)) {
    addPlainConditions(where, filter, undefined);
    return { sql: placePage(filter, where), values: where.values };
  }
  const merged = first === undefined && !filter.ids ? mergedColumn(filter) : undefined;
  addConditions(where, filter, merged);
  const conditions = [
    where.sql + rangeOf(filter, 'm.id', parameter),
    ...others.map((source) => `m.id IN ${source}`),
  ].join(' AND ');
  const page = `ORDER BY m.id DESC LIMIT ${filter.limit}`;
  if (first !== undefined) {
    return {
      sql: `SELECT m.id FROM ${first} k JOIN message m ON m.id = k.id WHERE ${conditions} ${page}`,
      values: where.values,
    };
  }
  const selected = (extra: string): string => `SELECT m.id FROM message m WHERE ${conditions}${extra} ${page}`;
  if (!merged) return { sql: selected(''), values: where.values };
  const values = parameter(storedValues(filter, merged));
  const each = `unnest(${values}::text[]) v (value) CROSS JOIN LATERAL (${selected(` AND m.${merged} = v.value`)}) m`;
  return { sql: `SELECT m.id FROM ${each} ${page}`, values: where.values };
}

const mergedColumn = (filter: MessageFilter): Column | undefined =>
  COLUMNS.find((column) => (storedValues(filter, column)?.length ?? 0) > 1);
