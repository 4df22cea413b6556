import { Inject, Injectable, Logger } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { JobProducer, type PublishRef } from '#libs/queue';
import type { MessagePlan } from './plan/message-plan.js';
import { AcceptStore } from './submit/accept.store.js';

/**
 * Puts accepted deliveries into the queue without anybody waiting for it. The queue only saves time: what does not get
 * in, the sweep publishes from PostgreSQL.
 */
@Injectable()
export class DeliveryPublisher {
  private readonly logger = new Logger(DeliveryPublisher.name);
  private pending = new Set<Promise<void>>();

  constructor(
    @Inject(JobProducer) private readonly producer: JobProducer,
    @Inject(AcceptStore) private readonly store: AcceptStore,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** Whether the accepting process should enqueue the message: not when it waits, nor while the queue is full or away. */
  async mayPublish({ request, sendAt }: Pick<MessagePlan, 'request' | 'sendAt'>): Promise<boolean> {
    if (sendAt) return false;
    if (request.priority === 'high') return true;
    const depth = await this.producer.depth().catch(() => Number.POSITIVE_INFINITY);
    return depth < this.config.queueLimit;
  }

  /** Enqueues the deliveries of freshly accepted messages, in the background. */
  publishAccepted(plans: readonly MessagePlan[]): void {
    if (plans.length === 0) return;
    const refs = plans.flatMap(refsOf);
    const ids = plans.map((plan) => plan.id);
    const work = this.producer
      .publish(refs)
      .catch((error: unknown) => this.leaveToSweep(ids, error))
      .finally(() => this.pending.delete(work));
    this.pending.add(work);
  }

  /** Resolves when nothing is on its way into the queue. */
  async drain(): Promise<void> {
    await Promise.allSettled([...this.pending]);
  }

  private async leaveToSweep(messageIds: readonly string[], cause: unknown): Promise<void> {
    this.logger.warn(`The queue took ${messageIds.length} messages not; the sweep will publish them: ${String(cause)}`);
    await this.store.releaseToSweep(messageIds).catch(() => undefined);
  }
}

const refsOf = (plan: MessagePlan): PublishRef[] =>
  plan.deliveries.map((delivery) => ({
    messageId: plan.id,
    deliveryNo: delivery.no,
    fence: 0,
    publishNo: 1,
    priority: plan.request.priority,
  }));
