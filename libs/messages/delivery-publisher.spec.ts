import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AppConfig } from '#libs/config';
import { UnavailableError } from '#libs/core';
import type { JobProducer, PublishRef } from '#libs/queue';
import { DeliveryPublisher } from './delivery-publisher.js';
import type { QueueGauge } from './queue-gauge.js';
import type { AcceptStore } from './submit/accept.store.js';
import { makePlan, makeRequest } from './testing/factories.js';

const QUEUE_LIMIT = 100;
const inAMinute = (): Date => new Date(Date.now() + 60_000);

/** Queue and gauge in one. */
class FakeQueue {
  readonly published: PublishRef[] = [];
  readonly failures: unknown[] = [];
  depth: number | undefined = 0;

  publish(refs: readonly PublishRef[]): Promise<void> {
    if (this.depth === undefined) return Promise.reject(new UnavailableError('away'));
    this.published.push(...refs);
    return Promise.resolve();
  }

  read(): number | undefined {
    return this.depth;
  }

  noteFailure(cause: unknown): void {
    this.failures.push(cause);
  }
}

describe('after a message was accepted', () => {
  let queue: FakeQueue;
  let released: string[];
  let publisher: DeliveryPublisher;

  beforeEach(() => {
    queue = new FakeQueue();
    released = [];
    const store = { releaseToSweep: (ids: readonly string[]) => Promise.resolve(void released.push(...ids)) };
    publisher = new DeliveryPublisher(
      queue as unknown as JobProducer,
      queue as unknown as QueueGauge,
      store as unknown as AcceptStore,
      { queueLimit: QUEUE_LIMIT } as AppConfig,
    );
  });

  it('each of its deliveries goes into the queue, under its first publication', async () => {
    const plan = await makePlan(makeRequest(['a', 'b', 'c', 'd'], { priority: 'low' }));
    publisher.publishAccepted([plan]);
    await publisher.drain();
    expect(queue.published).toEqual([
      { messageId: plan.id, deliveryNo: 1, fence: 0, publishNo: 1, priority: 'low' },
      { messageId: plan.id, deliveryNo: 2, fence: 0, publishNo: 1, priority: 'low' },
    ]);
  });

  it('it is left to the sweep when the queue does not take it, and nobody hears of it', async () => {
    queue.depth = undefined;
    const plan = await makePlan(makeRequest(['a']));
    publisher.publishAccepted([plan]);
    await publisher.drain();
    expect(released).toEqual([plan.id]);
    expect(queue.failures).toEqual([expect.any(UnavailableError)]);
  });

  it('it is not enqueued while it waits, nor when the queue is filling up or away', async () => {
    const now = await makePlan(makeRequest(['a']));
    const later = await makePlan(makeRequest(['a'], { sendAt: inAMinute() }));
    expect(publisher.mayPublish(now)).toBe(true);
    expect(publisher.mayPublish(later)).toBe(false);
    queue.depth = QUEUE_LIMIT / 2;
    expect(publisher.mayPublish(now)).toBe(false);
    queue.depth = undefined;
    expect(publisher.mayPublish(now)).toBe(false);
  });

  it('it is enqueued into a full queue when it is of high priority', async () => {
    queue.depth = QUEUE_LIMIT;
    expect(publisher.mayPublish(await makePlan(makeRequest(['a'], { priority: 'high' })))).toBe(true);
  });

  it('together with others in a batch, only those that do not wait are enqueued', async () => {
    const now = await makePlan(makeRequest(['a']));
    const later = await makePlan(makeRequest(['a'], { sendAt: inAMinute() }));
    publisher.publishAccepted([now, later]);
    await publisher.drain();
    expect(queue.published.map(({ messageId }) => messageId)).toEqual([now.id]);
  });
});
