import { Inject, Injectable } from '@nestjs/common';
import { ValidationError, type Fault } from '#libs/core';
import { SubmitMessageService, type MessagePlan, type SendRequest } from '#libs/messages';
import type { CompiledTemplate } from '#libs/templates';
import type { Import } from './import.js';
import type { ReadRow } from './read-row.js';

export type PlannedRows =
  | { readonly plan: MessagePlan }
  /** What is wrong, by number of the line. */
  | { readonly faults: ReadonlyMap<number, readonly Fault[]> };

const OF_RECIPIENT = /^\/recipients\/(\d+)(\/params\/)?/;

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
      return { faults: attribute(error.faults, rows) };
    }
  }
}

/** Values that all lines share are the message's own: one content, few calls. */
function requestOf({ id, priority }: Import, template: CompiledTemplate, rows: readonly ReadRow[]): SendRequest {
  const [first] = rows;
  const isShared = rows.every(({ paramsKey }) => first && paramsKey.equals(first.paramsKey));
  const recipients = rows.map(({ params, recipient }) => (isShared ? recipient : { ...(recipient as object), params }));
  const params = isShared ? (first?.params ?? {}) : {};
  return { template, recipients, params, priority, batchId: id, metadata: { importId: id } };
}

/** A fault of one recipient is its line's; one of its values is that of every line with the same values; else it is all lines'. */
function attribute(faults: readonly Fault[], rows: readonly ReadRow[]): ReadonlyMap<number, readonly Fault[]> {
  const found = new Map<number, Fault[]>();
  for (const { pointer = '', ...fault } of faults) {
    const [, index, isOfValues] = OF_RECIPIENT.exec(pointer) ?? [];
    const row = index === undefined ? undefined : rows[Number(index)];
    const concerned = !row
      ? rows
      : isOfValues
        ? rows.filter(({ paramsKey }) => paramsKey.equals(row.paramsKey))
        : [row];
    for (const { no } of concerned) found.set(no, [...(found.get(no) ?? []), fault]);
  }
  return found;
}
