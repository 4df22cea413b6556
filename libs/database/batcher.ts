import { UnavailableError } from '#libs/core';
import { isDataFault, isLockTimeout, isRepeatable } from './sql-errors.js';

export interface BatcherOptions<Item, Result> {
  readonly name: string;
  /** Runs one statement for all items; answers in the order of the items. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Rows are sorted by this key, so that concurrent batches lock in one order. Equal keys never share a batch. */
  readonly keyOf: (item: Item) => string;
  /** Most items in one statement. */
  readonly maxBatch: number;
  /** Most items waiting; beyond it `add` rejects with `UnavailableError`. */
  readonly maxWaiting: number;
  /** Most time that an item waits for its statement. Then `add` rejects with `UnavailableError`, and it is never run. */
  readonly maxWaitMs?: number;
  /** Statements in flight at the same time. Default 1. */
  readonly lanes?: number;
  /** Times a deadlock or serialisation failure is repeated. Default 5. */
  readonly maxRepeats?: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly key: string;
  readonly sinceMs: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers single calls into one SQL statement. While a statement is in flight, further items gather for the next one,
 * so an idle system answers at once and a busy one batches by itself: no timer decides when a statement begins.
 *
 * A promise rejects only for its own item: on a data error (SQLSTATE 22, 23) or a lock timeout (55P03) the batch is
 * halved until the bad item stands alone; on 40P01 and 40001 it is repeated; any other error rejects the whole batch.
 */
export class Batcher<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private running = 0;
  private idle: (() => void)[] = [];
  private patience: NodeJS.Timeout | undefined;

  constructor(private readonly options: BatcherOptions<Item, Result>) {}

  /** Items waiting for a statement. */
  get backlog(): number {
    return this.waiting.length;
  }

  add(item: Item): Promise<Result> {
    if (this.waiting.length >= this.options.maxWaiting) {
      return Promise.reject(new UnavailableError(`Too many ${this.options.name} are waiting for the database`));
    }
    return new Promise<Result>((resolve, reject) => {
      this.waiting.push({ item, key: this.options.keyOf(item), sinceMs: performance.now(), resolve, reject });
      // Items added in the same turn of the event loop share the first statement.
      if (this.running < (this.options.lanes ?? 1)) setImmediate(() => this.pump());
      else this.watch();
    });
  }

  /** Resolves when nothing waits and nothing runs. */
  async drain(): Promise<void> {
    if (this.running === 0 && this.waiting.length === 0) return;
    await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  /** Only while every lane is busy, one timer for all that wait. */
  private watch(): void {
    const { maxWaitMs } = this.options;
    const [first] = this.waiting;
    if (maxWaitMs === undefined || !first || this.patience) return;
    this.patience = setTimeout(() => this.turnAway(maxWaitMs), first.sinceMs + maxWaitMs - performance.now());
  }

  private turnAway(maxWaitMs: number): void {
    this.patience = undefined;
    // A timer may fire a moment early.
    const latestMs = performance.now() - maxWaitMs + 1;
    const late = this.waiting.filter(({ sinceMs }) => sinceMs <= latestMs);
    this.waiting = this.waiting.filter(({ sinceMs }) => sinceMs > latestMs);
    for (const { reject } of late)
      reject(new UnavailableError(`The database takes too long: ${this.options.name} wait`));
    this.watch();
  }

  private pump(): void {
    while (this.running < (this.options.lanes ?? 1) && this.waiting.length > 0) {
      const batch = this.takeBatch();
      this.running += 1;
      void this.execute(batch, 0).finally(() => {
        this.running -= 1;
        this.pump();
        if (this.running === 0 && this.waiting.length === 0) this.idle.splice(0).forEach((done) => done());
      });
    }
  }

  private takeBatch(): Waiting<Item, Result>[] {
    const keys = new Set<string>();
    const batch: Waiting<Item, Result>[] = [];
    const rest: Waiting<Item, Result>[] = [];
    for (const entry of this.waiting) {
      if (batch.length < this.options.maxBatch && !keys.has(entry.key)) {
        keys.add(entry.key);
        batch.push(entry);
      } else rest.push(entry);
    }
    this.waiting = rest;
    this.watch();
    return batch.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  }

  private async execute(batch: readonly Waiting<Item, Result>[], repeats: number): Promise<void> {
    try {
      const results = await this.options.run(batch.map((entry) => entry.item));
      if (results.length !== batch.length) throw new TypeError(`${this.options.name}: one result per item expected`);
      batch.forEach((entry, index) => entry.resolve(results[index] as Result));
    } catch (error) {
      await this.recover(batch, error, repeats);
    }
  }

  private async recover(batch: readonly Waiting<Item, Result>[], error: unknown, repeats: number): Promise<void> {
    if (isRepeatable(error) && repeats < (this.options.maxRepeats ?? 5)) return this.execute(batch, repeats + 1);
    if ((isDataFault(error) || isLockTimeout(error)) && batch.length > 1) {
      const middle = batch.length >> 1;
      await this.execute(batch.slice(0, middle), 0);
      return this.execute(batch.slice(middle), 0);
    }
    batch.forEach((entry) => entry.reject(error));
    return undefined;
  }
}
