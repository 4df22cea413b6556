import { Inject, Injectable, Logger } from '@nestjs/common';
import { CLOCK, lowestIdAt, newId, type Clock } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import { redact } from '#libs/security';
import type { Recall, RecallRange } from './recall.js';
import { RecallScanStore, type ScanRange } from './recall-scan.store.js';
import { RecallService, type RecallPreview, type RecallRequest } from './recall.service.js';
import { RecallStore } from './recall.store.js';

/** Messages that one transaction stops and plans. */
const PAGE = 500;
/** Time that a request spends on the pages of named messages. */
const PATIENCE_MS = 3_000;
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
 * Recalls of many messages: by template and time, or named. They are taken page by page, each page stopped and planned
 * in a transaction of its own that also moves the recall on: whoever goes on after a crash goes on there.
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
    return this.begin(request, (id, sql) => this.stores.scans.begin(id, range, visibleTo, sql));
  }

  /** The same for messages that are known; those that have a recall already stay with it. */
  async startNamed(messageIds: readonly string[], request: RecallRequest): Promise<Recall> {
    const begun = await this.begin(request, (id, sql) => this.stores.scans.beginNamed(id, messageIds, sql));
    return begun.isSelecting ? this.goOn(begun) : begun;
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
        await this.stores.scans.advance(scan, { ids, isLast }, this.clock.now(), sql);
        return true;
      });
    } catch (error) {
      if (taken !== undefined) await this.stores.scans.postpone(taken);
      throw error;
    }
  }

  /** Page after page as long as somebody waits for the answer: whoever names messages wants them stopped now. */
  private async goOn({ id }: Recall): Promise<Recall> {
    const endMs = this.clock.monotonicMs() + PATIENCE_MS;
    await this.quietly(async () => {
      while (this.clock.monotonicMs() < endMs && (await this.advance(id)));
    });
    return this.stores.recalls.get(id);
  }

  /** It is stored, and the workers carry it out whatever becomes of the first pages. */
  private async quietly(work: () => Promise<unknown>): Promise<void> {
    await work().catch((error: unknown) => this.logger.warn(`A recall begins late: ${redact(String(error))}`));
  }

  private async begin(request: RecallRequest, scan: (id: string, sql: Sql) => Promise<void>): Promise<Recall> {
    const id = newId();
    await this.database.transaction(async (sql) => {
      await this.stores.recalls.create({ ...request, id }, sql);
      await scan(id, sql);
      await request.alongside?.(id, sql);
    });
    await this.quietly(() => this.advance(id));
    return this.stores.recalls.get(id);
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

  /** The same for messages that are known. */
  async previewNamed(messageIds: readonly string[]): Promise<RecallPreview> {
    const { ids } = await this.stores.scans.page({ messageIds }, EXAMINED, this.database);
    return this.recalls.preview(ids, messageIds.length);
  }
}
