import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Queue } from 'bullmq';
import { startTestRedis, testConfig, waitFor, type TestRedis } from '#libs/testing';
import { makeRef, QueueProcess } from './queue-harness.js';

jest.setTimeout(60_000);

describe('jobs that this release did not write', () => {
  let redis: TestRedis;

  beforeAll(async () => {
    redis = await startTestRedis();
  });
  afterAll(() => redis.stop());

  it('never reach the processor, and the next job does', async () => {
    const foreign = new Queue('dispatch', { connection: { url: redis.url }, prefix: '{hongyan}' });
    const { messageId } = makeRef();
    await foreign.addBulk(
      [{}, { v: 2, kind: 'send', messageId, deliveryNo: 1 }, { v: 1, kind: 'send', deliveryNo: 1 }].map((data) => ({
        name: 'send',
        data,
        opts: { removeOnFail: true, priority: 1 },
      })),
    );
    const queue = await QueueProcess.start(testConfig({ redisUrl: redis.url }));
    const ref = makeRef({ priority: 'low' });
    const seen: string[] = [];
    await queue.producer.publish([ref]);
    await queue.work(async (job) => void seen.push(job.messageId));
    await waitFor(() => seen.length > 0);
    await waitFor(async () => (await queue.producer.depth()) === 0);
    expect(seen).toEqual([ref.messageId]);
    await queue.close();
    await foreign.close();
  });
});
