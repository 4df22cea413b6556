import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { JobProducer, type PublishRef } from '#libs/queue';
import type { MessagePlan } from './plan/message-plan.js';
import { QueueGauge } from './queue-gauge.js';
import { AcceptStore } from './submit/accept.store.js';

/**
 * The share of the queue that accepting processes fill by themselves, in the order of arrival. Beyond it the sweep
 * decides, and callers and accounts take turns.
 */
const OWN_SHARE = 0.4;

/**
 * Puts accepted deliveries into the queue without anybody waiting for it. The queue only saves time: what does not get
 * in, the sweep publishes from PostgreSQL.
 */
@Injectable()
export class DeliveryPublisher {
  private readonly pending = new Set<Promise<void>>();

  constructor(
    @Inject(JobProducer) private readonly producer: JobProducer,
    @Inject(QueueGauge) private readonly gauge: QueueGauge,
    @Inject(AcceptStore) private readonly store: AcceptStore,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** Whether the accepting process should enqueue the message: not when it waits, nor while the queue is filling up or away. */
  mayPublish({ request, sendAt }: Pick<MessagePlan, 'request' | 'sendAt'>): boolean {
    const depth = this.gauge.read();
    if (sendAt || depth === undefined) return false;
    return request.priority === 'high' || depth < this.config.queueLimit * OWN_SHARE;
  }

  /** Enqueues the deliveries of freshly accepted messages, in the background. */
  publishAccepted(plans: readonly MessagePlan[]): void {
    // Of a batch, some may wait for a time of their own.
    const refs = plans.filter(({ sendAt }) => !sendAt).flatMap(refsOf);
    if (refs.length === 0) return;
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
    this.gauge.noteFailure(cause);
    // When this fails too, the sweep comes by itself a little later.
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
