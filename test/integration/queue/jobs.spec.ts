import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { newId } from '#libs/core';
import type { DispatchJob } from '#libs/queue';
import { waitFor } from '#libs/testing';
import { BACKENDS, makeRef, makeRefs, QueueProcess, type StartedBackend } from './queue-harness.js';

jest.setTimeout(60_000);

describe.each(BACKENDS)('the queue on %s', (name, startBackend) => {
  let backend: StartedBackend;
  let queue: QueueProcess;

  beforeAll(async () => {
    backend = await startBackend();
  });
  afterAll(() => backend.stop());

  beforeEach(async () => {
    queue = await QueueProcess.start(backend.config);
  });
  afterEach(() => queue.close());

  it('hands every published delivery to a worker once', async () => {
    const refs = makeRefs(300);
    const seen: string[] = [];
    await queue.producer.publish(refs);
    await queue.work(async (job) => void seen.push(job.messageId), { concurrency: 50 });
    await waitFor(() => seen.length >= refs.length, { deadlineMs: 15_000 });
    expect(new Set(seen)).toEqual(new Set(refs.map((ref) => ref.messageId)));
    expect(seen).toHaveLength(refs.length);
    await waitFor(async () => (await queue.producer.depth()) === 0);
  });

  it('hands a recall over with the ids of recall, message and delivery', async () => {
    const seen: DispatchJob[] = [];
    const ref = makeRef({ recallId: newId(), deliveryNo: 3 });
    await queue.work(async (job) => void seen.push(job));
    await queue.producer.publish([ref]);
    await waitFor(() => seen.length > 0);
    expect(seen).toEqual([{ v: 1, kind: 'recall', recallId: ref.recallId, messageId: ref.messageId, deliveryNo: 3 }]);
  });

  it('ignores a publication that is in the queue already, and takes the next one', async () => {
    const ref = makeRef();
    await queue.producer.publish([ref]);
    await queue.producer.publish([ref]);
    expect(await queue.producer.depth()).toBe(1);
    let runs = 0;
    await queue.work(async () => void (runs += 1));
    await waitFor(() => runs === 1);
    await waitFor(async () => (await queue.producer.depth()) === 0);
    await queue.producer.publish([{ ...ref, publishNo: 2 }]);
    await waitFor(() => runs === 2);
  });

  it('runs a publication again that was taken and is published anew under the same number', async () => {
    const ref = makeRef();
    let runs = 0;
    await queue.work(async () => void (runs += 1));
    await queue.producer.publish([ref]);
    await waitFor(() => runs === 1);
    await waitFor(async () => (await queue.producer.depth()) === 0);
    await queue.producer.publish([ref]);
    await waitFor(() => runs === 2);
  });

  it('takes high before normal before low, each in the order of publication', async () => {
    const low = makeRefs(3, { priority: 'low' });
    const normal = makeRefs(3, { priority: 'normal' });
    const high = makeRefs(3, { priority: 'high' });
    for (const refs of [low, normal, high]) await queue.producer.publish(refs);
    const seen: string[] = [];
    await queue.work(async (job) => void seen.push(job.messageId), { concurrency: 1 });
    await waitFor(() => seen.length === 9, { deadlineMs: 10_000 });
    expect(seen).toEqual([...high, ...normal, ...low].map((ref) => ref.messageId));
  });

  it('drops a job whose processor throws, and goes on', async () => {
    const [bad, good] = [makeRef(), makeRef()];
    const seen: string[] = [];
    await queue.work(async (job) => {
      if (job.messageId === bad.messageId) throw new Error('broken');
      seen.push(job.messageId);
    });
    await queue.producer.publish([bad, good]);
    await waitFor(() => seen.length === 1);
    await waitFor(async () => (await queue.producer.depth()) === 0);
  });

  it('waits at stop for the job in hand and takes no other', async () => {
    const started: string[] = [];
    const ended: string[] = [];
    let finish = (): void => undefined;
    const worker = await queue.work(
      async (job) => {
        started.push(job.messageId);
        await new Promise<void>((resolve) => (finish = resolve));
        ended.push(job.messageId);
      },
      { concurrency: 1 },
    );
    await queue.producer.publish(makeRefs(2));
    await waitFor(() => started.length === 1);
    const stopped = worker.stop(10_000);
    setImmediate(() => finish());
    await stopped;
    expect(ended).toEqual(started);
    expect(started).toHaveLength(1);
  });

  it('says that it is up and how many jobs wait', async () => {
    expect(await queue.health.check()).toEqual({
      state: 'up',
      backend: name === 'Redis' ? 'redis' : 'postgres',
      waiting: expect.any(Number),
    });
  });
});
