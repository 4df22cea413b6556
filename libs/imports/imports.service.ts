import { Inject, Injectable } from '@nestjs/common';
import { ConflictError } from '#libs/core';
import { CancelStore } from '#libs/messages';
import { ImportStores } from './import-passes.js';
import type { Import, ImportOwner, ImportRow, RowOutcome } from './import.js';

const FAULTS_PAGE = 500;
/** Messages whose waiting deliveries are canceled in one statement. */
const CANCEL_MESSAGES = 20;

/** Imports as people look after them. */
@Injectable()
export class ImportsService {
  constructor(
    @Inject(ImportStores) private readonly stores: ImportStores,
    @Inject(CancelStore) private readonly cancels: CancelStore,
  ) {}

  /** @throws NotFoundError */
  get(id: string, owner: ImportOwner = {}): Promise<Import> {
    return this.stores.imports.get(id, owner);
  }

  list(page: ImportOwner & { readonly before?: string; readonly limit: number }): Promise<readonly Import[]> {
    return this.stores.imports.list(page);
  }

  results(id: string): Promise<Readonly<Record<string, number>>> {
    return this.stores.rows.results(id);
  }

  rows(
    id: string,
    page: { readonly outcome?: RowOutcome; readonly after: number; readonly limit: number },
  ): Promise<readonly ImportRow[]> {
    return this.stores.rows.list(id, page);
  }

  /** Every line that is left out for a fault, page by page. */
  async *faultyRows(id: string): AsyncGenerator<ImportRow> {
    let after = -1;
    for (;;) {
      const page = await this.rows(id, { outcome: 'faulty', after, limit: FAULTS_PAGE });
      yield* page;
      after = page.at(-1)?.no ?? after;
      if (page.length < FAULTS_PAGE) return;
    }
  }

  /** @throws ConflictError `conflict` when it neither checks nor sends */
  async pause(id: string): Promise<void> {
    requireMoved(await this.stores.imports.move(id, ['checking', 'running'], 'paused'), 'Nothing is under way');
  }

  /** Starts what was a dry run, or goes on. @throws ConflictError `conflict` */
  async resume(id: string): Promise<void> {
    requireMoved(await this.stores.imports.resume(id), 'The import does not wait to go on');
  }

  /** No further messages, and those that wait are not sent. @throws ConflictError `not_cancelable` when nothing waits */
  async cancel(id: string): Promise<void> {
    const isStopped = await this.stores.imports.cancel(id);
    const open = await this.stores.rows.openMessages(id);
    let canceled = 0;
    for (let from = 0; from < open.length; from += CANCEL_MESSAGES) {
      const some = open.slice(from, from + CANCEL_MESSAGES);
      canceled += (await this.cancels.cancelWaiting(some, 'canceled_by_operator')).length;
    }
    if (!isStopped && canceled === 0) throw new ConflictError('not_cancelable', 'Nothing of the import waits any more');
  }
}

function requireMoved(isMoved: boolean, message: string): void {
  if (!isMoved) throw new ConflictError('conflict', message);
}
