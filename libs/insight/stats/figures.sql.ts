import type { Segment } from './segments.js';
import type { Place, SeriesGroup, StatFilter } from './stat-query.js';
import { tableOf, type Measure } from './stat-tables.js';

/** What a figure is grouped by; the empty text stands for an absent template or reason. */
export const GROUP_COLUMN: Readonly<Record<Place | SeriesGroup, string>> = {
  status: `CASE f.label WHEN 'pending' THEN 'in_flight' ELSE f.label END`,
  reason: 'f.detail',
  channel: 'f.channel',
  template: 'f.template',
  account: 'f.account',
  caller: 'coalesce(c.code, f.caller_id::text)',
};

/** The figures `f` with their callers `c`; the join costs nothing where no column of it is used. */
export const FROM_FIGURES = 'FROM f LEFT JOIN caller c ON c.id = f.caller_id';

/** One statement's worth of figures: rows of the levels that hold the range, and deltas that nobody has folded yet. */
export class Figures {
  readonly values: unknown[] = [];
  readonly sql: string;

  constructor(measures: readonly Measure[], filter: StatFilter, segments: readonly Segment[]) {
    const where = this.conditions(measures, filter);
    const parts = segments.map(({ from, grain, to }) => this.part(tableOf(grain), where, from, to));
    const [first, last] = [segments[0], segments.at(-1)];
    if (first && last) parts.push(this.part('stat_delta', where, first.from, last.to));
    this.sql = `(${parts.join(' UNION ALL ')})`;
  }

  /** A further parameter of the statement. */
  parameter(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  private part(table: string, where: string, from: Date, to: Date): string {
    return `SELECT * FROM ${table} WHERE ${where} AND at >= ${this.parameter(from)} AND at < ${this.parameter(to)}`;
  }

  private conditions(measures: readonly Measure[], filter: StatFilter): string {
    const { account, caller, channel, ownerId, template } = filter;
    const parts = [`measure = ANY (${this.parameter(measures)}::text[])`];
    const add = (condition: (parameter: string) => string, value: unknown): void => {
      if (value !== undefined) parts.push(condition(this.parameter(value)));
    };
    add((p) => `caller_id = ${p}::uuid`, ownerId);
    add((p) => `caller_id IN (SELECT id FROM caller WHERE code = ANY (${p}::text[]))`, caller);
    add((p) => `channel = ANY (${p}::text[])`, channel);
    add((p) => `template = ANY (${p}::text[])`, template);
    add((p) => `account = ANY (${p}::text[])`, account);
    return parts.join(' AND ');
  }
}
