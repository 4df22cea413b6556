import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '#libs/core';
import { jobFor, jobId, type JobPriority, type PublishRef } from './dispatch-job.js';
import { DISPATCH_QUEUE, type DispatchQueue, type QueuedJob } from './dispatch-queue.js';

const PRIORITIES: Readonly<Record<JobPriority, number>> = { high: 1, normal: 10, low: 20 };

/** Jobs in one round trip. */
const BATCH_SIZE = 1_000;

const DEPTH_VALID_MS = 250;

interface Publication {
  readonly jobs: readonly QueuedJob[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const toQueuedJob = (ref: PublishRef): QueuedJob => ({
  id: jobId(ref),
  data: jobFor(ref),
  priority: PRIORITIES[ref.priority],
});

/**
 * Puts deliveries into the queue. While one round trip is under way further calls gather for the next, so a burst of
 * accepts costs few round trips and a single one does not wait.
 */
@Injectable()
export class JobProducer {
  private waiting: Publication[] = [];
  private busy = false;
  private depthCache: { readonly untilMs: number; readonly depth: Promise<number> } | undefined;

  constructor(
    @Inject(DISPATCH_QUEUE) private readonly queue: DispatchQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Resolves when all jobs are in the queue. A rejected call may have added some or all of them.
   * @throws UnavailableError within a second when the queue is away. Nothing is retried here: what is due and not in
   * the queue is published again from PostgreSQL.
   */
  async publish(refs: readonly PublishRef[]): Promise<void> {
    if (refs.length === 0) return;
    const jobs = refs.map(toQueuedJob);
    await new Promise<void>((resolve, reject) => {
      this.waiting.push({ jobs, resolve, reject });
      // Calls of the same turn of the event loop share the first round trip.
      if (!this.busy) setImmediate(() => void this.pump());
    });
  }

  /**
   * Jobs in the queue, taken ones included; up to 250 ms old.
   * @throws UnavailableError within a second when the queue is away.
   */
  async depth(): Promise<number> {
    const nowMs = this.clock.monotonicMs();
    if (this.depthCache === undefined || nowMs >= this.depthCache.untilMs) {
      this.depthCache = { untilMs: nowMs + DEPTH_VALID_MS, depth: this.countJobs() };
    }
    return this.depthCache.depth;
  }

  private async countJobs(): Promise<number> {
    try {
      return (await this.queue.count()).waiting;
    } catch (error) {
      this.depthCache = undefined;
      throw error;
    }
  }

  private async pump(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    while (this.waiting.length > 0) await this.sendBatch();
    this.busy = false;
  }

  private async sendBatch(): Promise<void> {
    const batch = this.takeBatch();
    try {
      await this.addAll(batch.flatMap(({ jobs }) => jobs));
      batch.forEach(({ resolve }) => resolve());
    } catch (error) {
      // The queue is away, for those who wait for the next round trip as well: nobody waits for two time-outs.
      for (const { reject } of [...batch, ...this.waiting.splice(0)]) reject(error);
    }
  }

  /** As many calls as fit into one round trip; a larger call goes alone. */
  private takeBatch(): Publication[] {
    let size = this.waiting[0]?.jobs.length ?? 0;
    let count = 1;
    while (count < this.waiting.length) {
      size += this.waiting[count]?.jobs.length ?? 0;
      if (size > BATCH_SIZE) break;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async addAll(jobs: readonly QueuedJob[]): Promise<void> {
    for (let start = 0; start < jobs.length; start += BATCH_SIZE) {
      await this.queue.add(jobs.slice(start, start + BATCH_SIZE));
    }
  }
}
