import { describe, expect, it } from '@jest/globals';
import { UnavailableError, newId, type Clock } from '#libs/core';
import type { PublishRef } from './dispatch-job.js';
import type { DispatchQueue, JobCounts, QueuedJob } from './dispatch-queue.js';
import { JobProducer } from './job-producer.js';

/** Answers `add` only when told to. */
class FakeQueue implements DispatchQueue {
  readonly backend = 'redis';
  readonly batches: (readonly QueuedJob[])[] = [];
  counts: JobCounts = { waiting: 2, active: 1 };
  counted = 0;
  private answers: { resolve: () => void; reject: (error: Error) => void }[] = [];

  add(jobs: readonly QueuedJob[]): Promise<void> {
    this.batches.push(jobs);
    return new Promise((resolve, reject) => this.answers.push({ resolve, reject }));
  }

  async succeed(): Promise<void> {
    this.answers.shift()?.resolve();
    await nextTurn();
  }

  async fail(error: Error): Promise<void> {
    this.answers.shift()?.reject(error);
    await nextTurn();
  }

  count(): Promise<JobCounts> {
    this.counted += 1;
    return Promise.resolve(this.counts);
  }

  inspect = () => Promise.resolve({ state: 'up' as const });
  settle = () => Promise.resolve();
  close = () => Promise.resolve();
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const makeRef = (overrides: Partial<PublishRef> = {}): PublishRef => ({
  messageId: newId(),
  deliveryNo: 1,
  fence: 0,
  publishNo: 1,
  priority: 'normal',
  ...overrides,
});

function makeProducer() {
  const queue = new FakeQueue();
  const time = { ms: 0 };
  const clock: Clock = { now: () => new Date(time.ms), monotonicMs: () => time.ms };
  return { queue, time, producer: new JobProducer(queue, clock) };
}

describe('JobProducer.publish', () => {
  it('adds one job per reference, with the priority that BullMQ knows', async () => {
    const { queue, producer } = makeProducer();
    const published = producer.publish([
      makeRef({ priority: 'high' }),
      makeRef({ priority: 'normal' }),
      makeRef({ priority: 'low' }),
    ]);
    await nextTurn();
    await queue.succeed();
    await published;
    expect(queue.batches.flat().map((job) => job.priority)).toEqual([1, 10, 20]);
  });

  it('gathers calls of one turn and calls made during a round trip', async () => {
    const { queue, producer } = makeProducer();
    const early = [producer.publish([makeRef()]), producer.publish([makeRef()])];
    await nextTurn();
    const late = [producer.publish([makeRef()]), producer.publish([makeRef()]), producer.publish([makeRef()])];
    await queue.succeed();
    await queue.succeed();
    await Promise.all([...early, ...late]);
    expect(queue.batches.map((batch) => batch.length)).toEqual([2, 3]);
  });

  it('cuts what is more than a round trip takes', async () => {
    const { queue, producer } = makeProducer();
    const published = producer.publish(Array.from({ length: 2_300 }, () => makeRef()));
    for (let round = 0; round < 3; round += 1) {
      await nextTurn();
      await queue.succeed();
    }
    await published;
    expect(queue.batches.map((batch) => batch.length)).toEqual([1_000, 1_000, 300]);
  });

  it('rejects everybody who waits when the queue is away, and works again afterwards', async () => {
    const { queue, producer } = makeProducer();
    const first = producer.publish([makeRef()]);
    await nextTurn();
    const second = producer.publish([makeRef()]);
    const outcomes = Promise.allSettled([first, second]);
    await queue.fail(new UnavailableError('away'));
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(queue.batches).toHaveLength(1);

    const third = producer.publish([makeRef()]);
    await nextTurn();
    await queue.succeed();
    await expect(third).resolves.toBeUndefined();
  });

  it('lets a wrong reference fail alone', async () => {
    const { queue, producer } = makeProducer();
    const wrong = producer.publish([makeRef({ messageId: 'none' })]);
    const right = producer.publish([makeRef()]);
    await expect(wrong).rejects.toThrow('names no delivery');
    await nextTurn();
    await queue.succeed();
    await expect(right).resolves.toBeUndefined();
  });

  it('does nothing for an empty list', async () => {
    const { queue, producer } = makeProducer();
    await producer.publish([]);
    expect(queue.batches).toHaveLength(0);
  });
});

describe('JobProducer.depth', () => {
  it('counts the jobs that wait, not those taken, and remembers the figure for 250 ms', async () => {
    const { queue, time, producer } = makeProducer();
    expect(await producer.depth()).toBe(2);
    queue.counts = { waiting: 10, active: 5 };
    time.ms = 249;
    expect(await producer.depth()).toBe(2);
    time.ms = 250;
    expect(await producer.depth()).toBe(10);
    expect(queue.counted).toBe(2);
  });

  it('asks again after a failure', async () => {
    const { queue, producer } = makeProducer();
    queue.count = () => Promise.reject(new UnavailableError('away'));
    await expect(producer.depth()).rejects.toThrow('away');
    queue.count = () => Promise.resolve({ waiting: 1, active: 1 });
    expect(await producer.depth()).toBe(1);
  });
});
