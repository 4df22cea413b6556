import { beforeEach, describe, expect, it } from '@jest/globals';
import { ValidationError, type Fault, type JsonObject } from '#libs/core';
import type { MessagePlan, SendRequest, SubmitMessageService } from '#libs/messages';
import type { CompiledTemplate } from '#libs/templates';
import type { ImportColumn } from './columns.js';
import type { Import } from './import.js';
import { readRow, type ReadRow } from './read-row.js';
import { RowPlanner } from './row-planner.js';

const COLUMNS = [
  { header: 'user', address: 'user', variable: null },
  { header: 'name', address: null, variable: 'name' },
] as unknown as readonly ImportColumn[];

const nameIn = ({ name }: JsonObject): string => (typeof name === 'string' ? name : '');

/** Plans as the real one does: recipients first, then values; a content that is too long names nobody. */
class FakeSubmissions {
  plans = 0;

  async plan({ params, recipients }: SendRequest): Promise<MessagePlan> {
    this.plans += 1;
    const people = recipients.map((recipient) => recipient as { user: string; params?: JsonObject });
    const users = people.map(({ user }) => user);
    const inRecipients = people.flatMap(({ user }, index): Fault[] => {
      const pointer = `/recipients/${index}`;
      if (user.includes('|')) return [{ pointer, code: 'separator_in_id', message: 'bad id' }];
      return users.indexOf(user) < index ? [{ pointer, code: 'duplicate_recipient', message: 'twice' }] : [];
    });
    if (inRecipients.length > 0) throw new ValidationError(inRecipients);
    const values = people.map((person) => nameIn(person.params ?? (params as JsonObject)));
    const missing = values.flatMap((name, index): Fault[] => {
      const pointer = people[index]?.params ? `/recipients/${index}/params/name` : '/params/name';
      return name === '' && values.indexOf('') === index
        ? [{ pointer, code: 'missing_variable', message: 'name is missing' }]
        : [];
    });
    const long = values.some((name) => name.length > 9)
      ? [{ pointer: '/routes/0/content', code: 'content_too_long', message: 'too long' }]
      : [];
    const faults = [...new Map([...missing, ...long].map((fault) => [fault.pointer, fault])).values()];
    if (faults.length > 0) throw new ValidationError(faults);
    return {} as MessagePlan;
  }
}

describe('the lines of an import', () => {
  let submissions: FakeSubmissions;
  beforeEach(() => {
    submissions = new FakeSubmissions();
  });

  const rowsOf = (...cells: readonly (readonly [user: string, name: string])[]): ReadRow[] =>
    cells.map((line, index) => {
      const row = readRow(COLUMNS, { no: index + 2, cells: [...line] });
      if ('code' in row) throw new Error(row.message);
      return row;
    });

  async function faultsOf(rows: readonly ReadRow[]): Promise<Record<number, string[]>> {
    const planner = new RowPlanner(submissions as unknown as SubmitMessageService);
    const of = { id: 'i', callerId: 'c', priority: 'normal', rights: {} } as unknown as Import;
    const found = await planner.faultsOf(of, {} as CompiledTemplate, rows);
    return Object.fromEntries([...found].map(([no, faults]) => [no, faults.map(({ code }) => code)]));
  }

  it('are planned together when they are sound, whatever they say', async () => {
    const rows = rowsOf(...Array.from({ length: 1_000 }, (_, index) => [`u${index}`, `name ${index}`] as const));
    expect(await faultsOf(rows)).toEqual({});
    expect(submissions.plans).toBe(1);
  });

  it('may name a person several times', async () => {
    expect(await faultsOf(rowsOf(['u1', 'a'], ['u1', 'b'], ['u2', 'a'], ['u1', 'c']))).toEqual({});
    expect(submissions.plans).toBe(3);
  });

  it('are told their own faults, those of recipients, of values and of contents', async () => {
    const rows = rowsOf(['u1', 'a'], ['a|b', 'b'], ['u3', ''], ['u4', 'far too long'], ['u5', ''], ['u6', 'e']);
    expect(await faultsOf(rows)).toEqual({
      3: ['separator_in_id'],
      4: ['missing_variable'],
      5: ['content_too_long'],
      6: ['missing_variable'],
    });
  });

  it('share a fault of the values that they share', async () => {
    const rows = rowsOf(['u1', 'far too long'], ['u2', 'far too long'], ['u3', 'b'], ['u4', 'too long as well']);
    expect(await faultsOf(rows)).toEqual({
      2: ['content_too_long'],
      3: ['content_too_long'],
      5: ['content_too_long'],
    });
  });

  it('that are few among many are found in few plans', async () => {
    const rows = rowsOf(
      ...Array.from(
        { length: 1_000 },
        (_, index) => [`u${index}`, index === 700 ? 'far too long' : `n${index}`] as const,
      ),
    );
    expect(await faultsOf(rows)).toEqual({ 702: ['content_too_long'] });
    expect(submissions.plans).toBeLessThan(25);
  });
});
