import { Logger } from '@nestjs/common';
import type { Clock } from '#libs/core';
import { endsInTime } from './deadline.js';
import type { DispatchQueue } from './dispatch-queue.js';
import { ProgressWatchdog } from './progress-watchdog.js';
import type { QueueBackend } from './queue-backend.js';
import type { WorkerTimings } from './queue-settings.js';
import type { JobProcessor, QueueWorker } from './queue-worker.js';
import { messageOf, ThrottledLog } from './throttled-log.js';

export interface DispatchWorkerOptions {
  /** Jobs in hand at the same time. */
  readonly concurrency: number;
  /** A replaced worker took nothing either although jobs wait: the process should end and be started anew. */
  readonly onStuck?: () => void;
  readonly timings?: Partial<WorkerTimings>;
}

export interface DispatchWorkerParts {
  readonly backend: QueueBackend;
  /** The process's queue, asked how many jobs wait and whether it answers. */
  readonly queue: DispatchQueue;
  readonly clock: Clock;
  readonly processor: JobProcessor;
  readonly options: DispatchWorkerOptions & { readonly timings: WorkerTimings };
}

const logger = new Logger('DispatchWorker');

/** Most time at the end of a stop that is kept for cutting what did not end by itself. */
const CUT_RESERVE_MS = 2_000;

const ORPHAN_CHECK_MS = 250;
/** Before another worker takes the place of one that could not begin. */
const REOPEN_MS = 1_000;

/** Takes jobs and hands them to the processor, up to `concurrency` at a time. */
export class DispatchWorker {
  private worker: QueueWorker | undefined;
  private inHand = 0;
  private fruitlessReplacements = 0;
  private readonly watchdog: ProgressWatchdog;
  private readonly errors = new ThrottledLog((line) => logger.warn(line));

  constructor(private readonly parts: DispatchWorkerParts) {
    const { clock, queue, options } = parts;
    this.watchdog = new ProgressWatchdog({
      clock,
      ...options.timings,
      everyMs: options.timings.watchEveryMs,
      countWaiting: async () => (await queue.count()).waiting,
      isFull: () => this.inHand >= options.concurrency,
      onStuck: () => this.replace(),
    });
  }

  /** Jobs in the processor's hands. */
  get active(): number {
    return this.inHand;
  }

  /** Begins to take jobs. Resolves at once, also while the queue is away: jobs come when it is there. */
  async start(): Promise<void> {
    if (this.worker) return;
    this.worker = this.open();
    this.watchdog.start();
    await Promise.resolve();
  }

  /** Aborts the signal of every job in hand; the processor decides what it still ends in order. */
  abort(reason: string): void {
    this.worker?.cancelAllJobs(reason);
  }

  /**
   * Stops taking jobs and waits for those in hand. Shortly before the deadline it aborts what is left, then cuts the
   * connections. With the queue away it ends as soon as the last job in hand has ended: nobody is there to acknowledge.
   * Call it in `beforeApplicationShutdown`; the queue's own connections close in `onApplicationShutdown`.
   */
  async stop(deadlineMs: number): Promise<void> {
    this.watchdog.stop();
    const worker = this.worker;
    if (!worker) return;
    this.worker = undefined;
    const reserveMs = Math.min(CUT_RESERVE_MS, deadlineMs / 4);
    const closing = worker.close();
    if (await this.drains(closing, deadlineMs - reserveMs)) return;
    if (this.inHand > 0) {
      worker.cancelAllJobs('The worker is shutting down');
      await endsInTime(closing, reserveMs / 2);
    }
    await endsInTime(worker.abandon(), reserveMs / 2);
  }

  private open(): QueueWorker {
    const { backend, options } = this.parts;
    const worker = backend.openWorker({
      ...options,
      process: (job, signal) => this.process(job, signal),
      onError: (error) => this.errors.log(messageOf(error)),
    });
    worker.run().catch((error: unknown) => {
      this.errors.log(messageOf(error));
      setTimeout(() => this.reopen(worker), REOPEN_MS).unref();
    });
    return worker;
  }

  /** A worker that could not begin is no use any more. */
  private reopen(failed: QueueWorker): void {
    if (this.worker !== failed) return;
    this.worker = this.open();
    failed.abandon().catch((error: unknown) => this.errors.log(messageOf(error)));
  }

  private readonly process: JobProcessor = async (job, signal) => {
    this.watchdog.noteProgress();
    this.fruitlessReplacements = 0;
    this.inHand += 1;
    try {
      await this.parts.processor(job, signal);
    } finally {
      this.inHand -= 1;
    }
  };

  private replace(): void {
    logger.error('Jobs are waiting and none is taken: the worker is replaced');
    const stuck = this.worker;
    this.worker = this.open();
    stuck?.abandon().catch((error: unknown) => this.errors.log(messageOf(error)));
    this.fruitlessReplacements += 1;
    if (this.fruitlessReplacements > 1) this.parts.options.onStuck?.();
  }

  /** True when the close ended; false when the time is over or the queue is away and nothing is in hand. */
  private async drains(closing: Promise<void>, timeMs: number): Promise<boolean> {
    const endMs = this.parts.clock.monotonicMs() + timeMs;
    for (;;) {
      const leftMs = endMs - this.parts.clock.monotonicMs();
      if (leftMs <= 0) return false;
      if (await endsInTime(closing, Math.min(ORPHAN_CHECK_MS, leftMs))) return true;
      if (this.inHand === 0 && !(await this.queueAnswers())) return false;
    }
  }

  private async queueAnswers(): Promise<boolean> {
    return this.parts.queue.count().then(
      () => true,
      () => false,
    );
  }
}
