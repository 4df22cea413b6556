import { Inject, Injectable } from '@nestjs/common';
import { ValidationError, type Fault } from '#libs/core';
import { SubmitMessageService, parseRecipient, type MessagePlan, type SendRequest } from '#libs/messages';
import type { CompiledTemplate } from '#libs/templates';
import type { Import } from './import.js';
import type { ReadRow } from './read-row.js';

/** What is wrong, by number of the line. */
export type LineFaults = ReadonlyMap<number, readonly Fault[]>;

export type PlannedRows =
  | { readonly plan: MessagePlan }
  /** `isUnclear`: something is wrong with the values of some other line, and the plan does not tell of which. */
  | { readonly faults: LineFaults; readonly isUnclear: boolean };

const OF_RECIPIENT = /^\/recipients\/(\d+)(\/params\/)?/;
const OF_VALUE = /\/params\/[^/]+$/;

/** Plans the message that some lines of an import make. */
@Injectable()
export class RowPlanner {
  constructor(@Inject(SubmitMessageService) private readonly submissions: SubmitMessageService) {}

  async plan(of: Import, template: CompiledTemplate, rows: readonly ReadRow[]): Promise<PlannedRows> {
    const { callerId, rights } = of;
    try {
      return { plan: await this.submissions.plan(requestOf(of, template, rows), { callerId, ...rights }) };
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      return attribute(error.faults, rows);
    }
  }

  /**
   * Everything that is wrong with some lines, which may name a person several times; nothing for lines that can be
   * sent. Sound lines cost one plan, whatever they say.
   */
  async faultsOf(of: Import, template: CompiledTemplate, rows: readonly ReadRow[]): Promise<LineFaults> {
    const found = new Map<number, readonly Fault[]>();
    for (const layer of oncePerPerson(rows)) await this.look(of, template, layer, found);
    return found;
  }

  /** Lines known to be faulty are put aside, so that the values of the others are looked at as well. */
  private async look(
    of: Import,
    template: CompiledTemplate,
    rows: readonly ReadRow[],
    found: Map<number, readonly Fault[]>,
  ): Promise<void> {
    let left = rows;
    while (left.length > 0) {
      const planned = await this.plan(of, template, left);
      if ('plan' in planned) return;
      for (const [no, faults] of planned.faults) found.set(no, faults);
      left = left.filter(({ no }) => !planned.faults.has(no));
      if (!planned.isUnclear) continue;
      for (const half of halvesOf(left)) await this.look(of, template, half, found);
      return;
    }
  }
}

/** A person is in a message once: the second line about somebody is in the second layer. */
function oncePerPerson(rows: readonly ReadRow[]): readonly (readonly ReadRow[])[] {
  const layers: ReadRow[][] = [];
  const seen = new Map<string, number>();
  for (const row of rows) {
    const parsed = parseRecipient(row.recipient, 0);
    const ref = 'recipient' in parsed ? parsed.recipient.ref : '';
    const layer = seen.get(ref) ?? 0;
    if (ref !== '') seen.set(ref, layer + 1);
    (layers[layer] ??= []).push(row);
  }
  return layers;
}

/** Lines with the same values stay together. */
function halvesOf(rows: readonly ReadRow[]): readonly (readonly ReadRow[])[] {
  const keys = [...new Set(rows.map(keyOf))];
  const first = new Set(keys.slice(0, Math.ceil(keys.length / 2)));
  return [rows.filter((row) => first.has(keyOf(row))), rows.filter((row) => !first.has(keyOf(row)))];
}

const keyOf = ({ paramsKey }: ReadRow): string => paramsKey.toString('hex');

/** Values that all lines share are the message's own: one content, few calls. */
function requestOf({ id, priority }: Import, template: CompiledTemplate, rows: readonly ReadRow[]): SendRequest {
  const [first] = rows;
  const isShared = rows.every(({ paramsKey }) => first && paramsKey.equals(first.paramsKey));
  const recipients = rows.map(({ params, recipient }) => (isShared ? recipient : { ...(recipient as object), params }));
  const params = isShared ? (first?.params ?? {}) : {};
  return { template, recipients, params, priority, batchId: id, metadata: { importId: id } };
}

/** A fault of one recipient is its line's; one of its values is that of every line with the same values; else it is all lines'. */
function attribute(faults: readonly Fault[], rows: readonly ReadRow[]): Exclude<PlannedRows, { plan: MessagePlan }> {
  const found = new Map<number, Fault[]>();
  const isAlike = rows.every(({ paramsKey }) => rows[0]?.paramsKey.equals(paramsKey));
  let isUnclear = false;
  for (const { pointer = '', ...rest } of faults) {
    const [ofValue] = OF_VALUE.exec(pointer) ?? [];
    const fault = { ...rest, ...(ofValue !== undefined && { pointer: ofValue }) };
    const concerned = concernedBy(pointer, rows);
    isUnclear ||= !concerned && !isAlike;
    for (const { no } of concerned ?? (isAlike ? rows : [])) found.set(no, [...(found.get(no) ?? []), fault]);
  }
  return { faults: found, isUnclear };
}

/** Undefined: the pointer names no line. */
function concernedBy(pointer: string, rows: readonly ReadRow[]): readonly ReadRow[] | undefined {
  const [, index, isOfValues] = OF_RECIPIENT.exec(pointer) ?? [];
  const row = index === undefined ? undefined : rows[Number(index)];
  if (!row || isOfValues === undefined) return row && [row];
  return rows.filter(({ paramsKey }) => paramsKey.equals(row.paramsKey));
}
