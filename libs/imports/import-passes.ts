import { Inject, Injectable } from '@nestjs/common';
import { ValidationError, type Fault } from '#libs/core';
import type { Sql } from '#libs/database';
import { SubmitMessageService, parseRecipient } from '#libs/messages';
import { TemplateCatalogue, type CompiledTemplate } from '#libs/templates';
import { ImportRowStore, type CheckedRow } from './import-row.store.js';
import { ImportStore } from './import.store.js';
import type { Import } from './import.js';
import { readRow, type ReadRow } from './read-row.js';
import { RowPlanner, type LineFaults } from './row-planner.js';

const CHECK_ROWS = 1_000;
/** Fills a call of the vendor that takes most people. */
const SEND_ROWS = 1_000;

/** What is left to do when a pass is committed. */
export type AfterPass = () => void;
const NOTHING: AfterPass = () => undefined;

/** The tables of imports. */
@Injectable()
export class ImportStores {
  constructor(
    @Inject(ImportStore) readonly imports: ImportStore,
    @Inject(ImportRowStore) readonly rows: ImportRowStore,
  ) {}
}

/** What one transaction does for an import: looks at some lines, or makes a message of some. */
@Injectable()
export class ImportPasses {
  constructor(
    @Inject(ImportStores) private readonly stores: ImportStores,
    @Inject(RowPlanner) private readonly planner: RowPlanner,
    @Inject(TemplateCatalogue) private readonly templates: TemplateCatalogue,
    @Inject(SubmitMessageService) private readonly submissions: SubmitMessageService,
  ) {}

  /** @param sql the transaction in which the import is locked */
  async run(sql: Sql, of: Import): Promise<AfterPass> {
    const template = await this.templates.getVersion(of.template, of.templateVersion);
    if (of.status === 'checking') return this.check(sql, of, template);
    const stop = await this.whyNotToSend(of);
    if (stop === undefined) return this.send(sql, of, template);
    await this.stores.imports.pause(sql, of.id, stop);
    return NOTHING;
  }

  private async check(sql: Sql, of: Import, template: CompiledTemplate): Promise<AfterPass> {
    const { imports, rows } = this.stores;
    const waiting = await rows.nextWaiting(sql, of.id, CHECK_ROWS);
    if (waiting.length === 0) {
      const duplicates = await rows.markDuplicates(sql, of.id);
      await imports.endCheck(sql, of.id, duplicates, await rows.countCalls(sql, of.id, perCall(template)));
      return NOTHING;
    }
    const read = waiting.map((row) => ({ no: row.no, read: readRow(of.columns, row) }));
    const readable = read.flatMap(({ read: row }) => ('code' in row ? [] : [row]));
    const faults = await this.planner.faultsOf(of, template, readable);
    const checked = read.map(({ no, read: row }): CheckedRow =>
      'code' in row ? { no, faults: [row] } : checkedRow(row, faults.get(no) ?? []),
    );
    await rows.settle(sql, of.id, checked);
    const faulty = checked.filter(({ faults }) => faults.length > 0).length;
    await imports.advance(sql, of.id, { ready: checked.length - faulty, faulty });
    return NOTHING;
  }

  private async send(sql: Sql, of: Import, template: CompiledTemplate): Promise<AfterPass> {
    const { imports, rows } = this.stores;
    const ready = await rows.nextReady(sql, of.id, SEND_ROWS);
    if (ready.length === 0) {
      await imports.finish(sql, of.id);
      return NOTHING;
    }
    // A person is in a message once; what else the file says to them is said by the next one.
    const chosen = [...new Map(ready.toReversed().map((row) => [row.ref, row])).values()]
      .reverse()
      .map((row) => readRow(of.columns, row))
      .filter((row): row is ReadRow => !('code' in row));
    const planned = await this.planner.plan(of, template, chosen);
    if ('faults' in planned) return this.leaveOut(sql, of, await this.planner.faultsOf(of, template, chosen));
    const publish = await this.submissions.storeWithin(sql, [planned.plan]);
    await rows.accept(
      sql,
      of.id,
      chosen.map(({ no }) => no),
      planned.plan.id,
    );
    await imports.advance(sql, of.id, { accepted: chosen.length, ready: -chosen.length });
    return publish;
  }

  /** Something has changed since the check, e.g. a file was deleted. */
  private async leaveOut(sql: Sql, of: Import, faults: LineFaults): Promise<AfterPass> {
    const settled = [...faults].map(([no, found]) => ({ no, faults: found }));
    await this.stores.rows.settle(sql, of.id, settled);
    await this.stores.imports.advance(sql, of.id, { faulty: settled.length, ready: -settled.length });
    return NOTHING;
  }

  /** A template that was disabled stops what is not sent yet. */
  private async whyNotToSend({ template }: Import): Promise<string | undefined> {
    try {
      await this.templates.getPublished(template);
      return undefined;
    } catch (error) {
      if (error instanceof ValidationError) return error.code;
      throw error;
    }
  }
}

function checkedRow({ no, paramsKey, recipient }: ReadRow, faults: readonly Fault[]): CheckedRow {
  const parsed = parseRecipient(recipient, 0);
  return { no, paramsKey, faults, ...('recipient' in parsed && { ref: parsed.recipient.ref }) };
}

function perCall({ routes }: CompiledTemplate): number {
  const people = routes.map(({ channel }) => channel.addressing).find((addressing) => addressing.to === 'people');
  return people?.to === 'people' ? Math.min(people.perCall.user, SEND_ROWS) : 1;
}
