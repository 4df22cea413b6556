import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { testConfig, waitFor } from '#libs/testing';
import { makeRefs, QueueProcess } from './queue-harness.js';
import { ACCESS, RedisCluster, WatchedRedis } from './redis-groups.js';

jest.setTimeout(60_000);

const PATIENCE = { deadlineMs: 30_000, intervalMs: 50 };

let queue: QueueProcess;
afterEach(() => queue.close());

/** Publishes and sends so many; answers the ids as they were seen. */
async function throughQueue(count: number): Promise<readonly string[]> {
  const refs = makeRefs(count);
  const seen: string[] = [];
  await queue.producer.publish(refs);
  const worker = await queue.work(async (job) => void seen.push(job.messageId), { concurrency: 50 });
  await waitFor(() => seen.length >= count, { ...PATIENCE, what: `${count} jobs` });
  // Else it would take what the next worker is to see.
  await worker.stop(2_000);
  expect(new Set(seen)).toEqual(new Set(refs.map((ref) => ref.messageId)));
  return seen;
}

describe('the queue on a Redis Cluster', () => {
  let cluster: RedisCluster;

  beforeAll(async () => {
    cluster = await RedisCluster.start();
    await cluster.each((redis) => redis.call('ACL', 'SETUSER', 'hongyan', 'on', '>p@ss', ...ACCESS));
  }, 60_000);
  afterAll(() => cluster.stop());

  const start = async (address: (port: number) => string): Promise<void> => {
    const redisUrl = address(cluster.nodes[0]?.port ?? 0);
    queue = await QueueProcess.start(testConfig({ redisUrl, redisTopology: cluster.topology }));
  };

  it('hands every delivery to a worker once, and keeps all of its keys on one node', async () => {
    await start((port) => `redis://127.0.0.1:${port}`);
    expect(await throughQueue(300)).toHaveLength(300);
    await waitFor(async () => (await queue.producer.depth()) === 0);
    const keys = await cluster.each((redis) => redis.keys('*'));
    expect(keys.filter((held) => held.length > 0)).toHaveLength(1);
  });

  it('works for a user who may no more than the documents say', async () => {
    await start((port) => `redis://hongyan:p%40ss@127.0.0.1:${port}`);
    expect(await throughQueue(20)).toHaveLength(20);
    expect(await queue.health.check()).toMatchObject({ state: 'up', backend: 'redis' });
    const users = (await cluster.each((redis) => redis.client('LIST') as Promise<string>)).join('');
    expect(users).toContain('user=hongyan');
  });

  it('is degraded while any node may drop jobs', async () => {
    await start((port) => `redis://127.0.0.1:${port}`);
    await waitFor(async () => (await queue.health.check()).state === 'up', PATIENCE);
    const [first] = cluster.nodes;
    await cluster.each(async (redis) => {
      if (redis.options.port === first?.port) await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    });
    expect(await queue.health.check()).toMatchObject({ state: 'degraded' });
  });
});

describe('the queue on a Redis that sentinels watch', () => {
  let watched: WatchedRedis;

  beforeAll(async () => {
    watched = await WatchedRedis.start();
  }, 60_000);
  afterAll(() => watched.stop());

  it('goes on with the replica when the primary dies', async () => {
    queue = await QueueProcess.start(testConfig({ redisUrl: watched.url, redisTopology: watched.topology }));
    expect(await throughQueue(50)).toHaveLength(50);
    const seen: string[] = [];
    await queue.work(async (job) => void seen.push(job.messageId));
    await watched.primary.stop();
    // What is published while nobody takes it is lost here, and published again by the sweep elsewhere.
    const [ref] = makeRefs(1);
    const isTaken = async (): Promise<boolean> => {
      await queue.producer.publish(ref ? [ref] : []);
      return true;
    };
    await waitFor(isTaken, { ...PATIENCE, what: 'a new primary' });
    const others = makeRefs(20);
    await queue.producer.publish(others);
    const areTaken = (): boolean => others.every(({ messageId }) => seen.includes(messageId));
    await waitFor(areTaken, { ...PATIENCE, what: 'the jobs after the failover' });
  });
});
