import { Inject, Injectable, Logger } from '@nestjs/common';
import { CLOCK, lowestIdAt, newId, type Clock } from '#libs/core';
import { Database } from '#libs/database';
import { redact } from '#libs/security';
import type { Recall, RecallRange } from './recall.js';
import { RecallScanStore, type ScanRange } from './recall-scan.store.js';
import { RecallService, type RecallPreview, type RecallRequest } from './recall.service.js';
import { RecallStore } from './recall.store.js';

/** Messages that one transaction stops and plans. */
const PAGE = 500;
/** Messages that a preview looks at one by one. */
const EXAMINED = 10_000;

/** The two stores between which a scan moves. */
@Injectable()
export class RangeRecallStores {
  constructor(
    @Inject(RecallScanStore) readonly scans: RecallScanStore,
    @Inject(RecallStore) readonly recalls: RecallStore,
  ) {}
}

/**
 * Recalls by template and time. The messages are found page by page, newest first, each page stopped and planned in a
 * transaction of its own that also moves the scan on: whoever goes on after a crash goes on there.
 */
@Injectable()
export class RangeRecallService {
  private readonly logger = new Logger('Recall');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RangeRecallStores) private readonly stores: RangeRecallStores,
    @Inject(RecallService) private readonly recalls: RecallService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  count(range: RecallRange, visibleTo?: string): Promise<number> {
    return this.stores.scans.count(range, visibleTo);
  }

  /** Begins the recall and stops the first page at once; workers go on from there. */
  async start(range: RecallRange, visibleTo: string | undefined, request: RecallRequest): Promise<Recall> {
    const id = newId();
    await this.database.transaction(async (sql) => {
      await this.stores.recalls.create({ ...request, id }, sql);
      await this.stores.scans.begin(id, range, visibleTo, sql);
    });
    // It is stored, and the workers carry it out whatever becomes of this first page.
    await this.advance(id).catch((error: unknown) =>
      this.logger.warn(`A recall begins late: ${redact(String(error))}`),
    );
    return this.stores.recalls.get(id);
  }

  /** Handles one page of a recall, or of any that is due; false when there is none. */
  async advance(recallId?: string): Promise<boolean> {
    let taken: string | undefined;
    try {
      return await this.database.transaction(async (sql) => {
        const scan = await this.stores.scans.take(recallId, sql);
        if (!scan) return false;
        taken = scan.recallId;
        const { ids, isLast } = await this.stores.scans.page(scan, PAGE, sql);
        if (ids.length > 0) await this.recalls.include(scan.recallId, ids, sql);
        await this.stores.scans.advance(scan, isLast ? undefined : ids.at(-1), this.clock.now(), sql);
        return true;
      });
    } catch (error) {
      if (taken !== undefined) await this.stores.scans.postpone(taken);
      throw error;
    }
  }

  /** Touches nothing; of very many messages the newest are examined. */
  async preview(range: RecallRange, visibleTo: string | undefined): Promise<RecallPreview> {
    const { createdAfter, createdBefore, template } = range;
    const total = await this.stores.scans.count(range, visibleTo);
    const scan: ScanRange = {
      template,
      fromId: lowestIdAt(createdAfter),
      beforeId: lowestIdAt(createdBefore),
      ...(visibleTo !== undefined && { visibleTo }),
    };
    const { ids } = await this.stores.scans.page(scan, EXAMINED, this.database);
    return this.recalls.preview(ids, total);
  }
}
