import { Inject, Injectable } from '@nestjs/common';
import { ImportPasses, ImportStores } from './import-passes.js';

const PURGE_ROWS = 5_000;

/** Takes imports on, some lines at a time: what is done and how far it got is committed together. */
@Injectable()
export class ImportRunner {
  private isStopped = false;

  constructor(
    @Inject(ImportStores) private readonly stores: ImportStores,
    @Inject(ImportPasses) private readonly passes: ImportPasses,
  ) {}

  /** Goes on while there is something to do. Safe in several processes at once: each import is one's at a time. */
  async runDue(): Promise<void> {
    while (!this.isStopped && (await this.runOne()));
  }

  /** After the pass that is under way. */
  stop(): void {
    this.isStopped = true;
  }

  /** Forgets uploads that were cut, and lines of imports that ended before `before`. */
  async purge(before: Date | undefined): Promise<void> {
    await this.stores.imports.dropUnfinished();
    if (!before) return;
    while (!this.isStopped && (await this.stores.rows.purge(before, PURGE_ROWS)) > 0);
  }

  private async runOne(): Promise<boolean> {
    const after = await this.stores.imports.transaction(async (sql) => {
      const due = await this.stores.imports.takeDue(sql);
      return due && this.passes.run(sql, due);
    });
    after?.();
    return after !== undefined;
  }
}
