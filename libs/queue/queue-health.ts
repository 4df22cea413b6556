import { Inject, Injectable } from '@nestjs/common';
import { DISPATCH_QUEUE, type DispatchQueue, type QueueBackendName } from './dispatch-queue.js';
import { messageOf } from './throttled-log.js';

export interface QueueCondition {
  /** `down`: not reachable; `degraded`: works, but something needs a person. */
  readonly state: 'up' | 'degraded' | 'down';
  /** A sentence for operators, unless all is well. */
  readonly reason?: string;
  readonly backend: QueueBackendName;
  /** Jobs not taken yet; absent when the queue is down. */
  readonly waiting?: number;
}

@Injectable()
export class QueueHealth {
  constructor(@Inject(DISPATCH_QUEUE) private readonly queue: DispatchQueue) {}

  /** Answers within a second, never throws. */
  async check(): Promise<QueueCondition> {
    const { backend } = this.queue;
    try {
      const [condition, { waiting }] = await Promise.all([this.queue.inspect(), this.queue.count()]);
      return { ...condition, backend, waiting };
    } catch (error) {
      return { state: 'down', reason: messageOf(error), backend };
    }
  }
}
