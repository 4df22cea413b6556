import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { CLOCK, type Clock } from '#libs/core';
import { DISPATCH_QUEUE, type DispatchQueue } from './dispatch-queue.js';
import { DispatchWorker, type DispatchWorkerOptions } from './dispatch-worker.js';
import { queueBackend } from './queue-backend.js';
import { WORKER_TIMINGS } from './queue-settings.js';
import type { JobProcessor } from './queue-worker.js';

@Injectable()
export class DispatchWorkerFactory {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(DISPATCH_QUEUE) private readonly queue: DispatchQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A worker with connections of its own, not started yet.
   * The processor's signal aborts when the job's lock was lost or the worker gives up at shutdown. A job ends with the
   * processor: a throw is logged and the job is gone, retries are planned in PostgreSQL.
   */
  create(processor: JobProcessor, options: DispatchWorkerOptions): DispatchWorker {
    return new DispatchWorker({
      backend: queueBackend(this.config),
      queue: this.queue,
      clock: this.clock,
      processor,
      options: { ...options, timings: { ...WORKER_TIMINGS, ...options.timings } },
    });
  }
}
