import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Redis } from 'ioredis';
import { UnavailableError } from '#libs/core';
import { startTestRedis, testConfig, waitFor, type TestRedis } from '#libs/testing';
import { makeRef, QueueProcess } from './queue-harness.js';

jest.setTimeout(60_000);

const FAST_MS = 1_200;

/** Redis that goes and comes back at the same address. */
class UnsteadyRedis {
  private constructor(private server: TestRedis) {}

  static async start(): Promise<UnsteadyRedis> {
    return new UnsteadyRedis(await startTestRedis());
  }

  get config() {
    return testConfig({ redisUrl: this.server.url });
  }

  goDown(): Promise<void> {
    return this.server.stop();
  }

  async comeBack(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    this.server = await startTestRedis({ port: this.server.port, settings });
  }
}

async function timed(work: Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work;
  return performance.now() - startMs;
}

const publishes = (queue: QueueProcess) => async (): Promise<boolean> => {
  await queue.producer.publish([makeRef()]);
  return true;
};

describe('the queue while Redis comes and goes', () => {
  let redis: UnsteadyRedis;
  let queue: QueueProcess | undefined;

  afterEach(async () => {
    await queue?.close();
    await redis.goDown();
    queue = undefined;
  });

  it('publishes, fails fast while Redis is down, and publishes again when it is back', async () => {
    redis = await UnsteadyRedis.start();
    queue = await QueueProcess.start(redis.config);
    await queue.producer.publish([makeRef()]);

    await redis.goDown();
    expect(await timed(expect(queue.producer.publish([makeRef()])).rejects.toThrow(UnavailableError))).toBeLessThan(
      FAST_MS,
    );
    expect(await queue.health.check()).toMatchObject({ state: 'down', backend: 'redis' });

    await redis.comeBack();
    await waitFor(publishes(queue), { deadlineMs: 10_000 });
    expect(await queue.health.check()).toMatchObject({ state: 'up' });
  });

  it('starts while Redis is down, fails fast, and heals without a restart', async () => {
    redis = await UnsteadyRedis.start();
    await redis.goDown();
    queue = await QueueProcess.start(redis.config);
    expect(await timed(expect(queue.producer.publish([makeRef()])).rejects.toThrow(UnavailableError))).toBeLessThan(
      FAST_MS,
    );
    await expect(queue.producer.depth()).rejects.toThrow(UnavailableError);

    await redis.comeBack();
    await waitFor(publishes(queue), { deadlineMs: 10_000 });
    expect(await queue.producer.depth()).toBe(1);
  });

  it('gives up after a second while Redis hangs, and publishes again when it answers', async () => {
    redis = await UnsteadyRedis.start();
    queue = await QueueProcess.start(redis.config);
    const control = new Redis(redis.config.redisUrl ?? '');
    await control.call('CLIENT', 'PAUSE', '3000', 'ALL');
    const waiting = Promise.all([
      expect(queue.producer.publish([makeRef()])).rejects.toThrow(UnavailableError),
      expect(queue.producer.publish([makeRef()])).rejects.toThrow(UnavailableError),
      expect(queue.health.check()).resolves.toMatchObject({ state: 'down' }),
    ]);
    expect(await timed(waiting)).toBeLessThan(FAST_MS);
    control.disconnect();
    await waitFor(publishes(queue), { deadlineMs: 10_000 });
  });

  it('resumes a worker after Redis came back empty, and one that was started while it was down', async () => {
    redis = await UnsteadyRedis.start();
    queue = await QueueProcess.start(redis.config);
    const seen = { early: 0, late: 0 };
    const early = await queue.work(async () => void (seen.early += 1));
    await queue.producer.publish([makeRef()]);
    await waitFor(() => seen.early === 1);

    await redis.goDown();
    await queue.work(async () => void (seen.late += 1));
    await redis.comeBack();
    await waitFor(publishes(queue), { deadlineMs: 10_000 });
    await waitFor(() => seen.early + seen.late === 2, { deadlineMs: 25_000 });

    await early.stop(5_000);
    const before = seen.late;
    await queue.producer.publish([makeRef()]);
    await waitFor(() => seen.late === before + 1, { deadlineMs: 25_000 });
  });

  it('lets a job in hand finish once when Redis is away for a moment', async () => {
    redis = await UnsteadyRedis.start();
    queue = await QueueProcess.start(redis.config);
    let runs = 0;
    let finish = (): void => undefined;
    await queue.work(() => {
      runs += 1;
      return new Promise((resolve) => (finish = resolve));
    });
    await queue.producer.publish([makeRef()]);
    await waitFor(() => runs === 1);
    await redis.goDown();
    finish();
    await redis.comeBack();
    await waitFor(publishes(queue), { deadlineMs: 10_000 });
    await waitFor(() => runs === 2, { deadlineMs: 25_000 });
    finish();
    await waitFor(async () => (await queue?.producer.depth()) === 0);
    expect(runs).toBe(2);
  });

  it.each([
    ['idle', false],
    ['with a job in hand', true],
  ])('stops a worker within the deadline while Redis is down: %s', async (_case, isBusy) => {
    redis = await UnsteadyRedis.start();
    queue = await QueueProcess.start(redis.config);
    let aborted = false;
    let taken = false;
    const worker = await queue.work((_job, signal) => {
      taken = true;
      return new Promise((resolve) =>
        signal.addEventListener('abort', () => {
          aborted = true;
          resolve();
        }),
      );
    });
    if (isBusy) {
      await queue.producer.publish([makeRef()]);
      await waitFor(() => taken);
    }
    await redis.goDown();
    expect(await timed(worker.stop(4_000))).toBeLessThan(4_200);
    expect(aborted).toBe(isBusy);
    expect(worker.active).toBe(0);
    await queue.close();
    queue = undefined;
  });

  it('aborts a job whose lock another worker could have taken', async () => {
    redis = await UnsteadyRedis.start();
    queue = await QueueProcess.start(redis.config);
    let reason: unknown;
    let taken = false;
    await queue.work(
      (_job, signal) => {
        taken = true;
        return new Promise((resolve) =>
          signal.addEventListener('abort', () => {
            reason = signal.reason;
            resolve();
          }),
        );
      },
      { timings: { lockMs: 1_000 } },
    );
    await queue.producer.publish([makeRef()]);
    await waitFor(() => taken);
    await redis.goDown();
    await redis.comeBack();
    await waitFor(() => reason !== undefined, { deadlineMs: 15_000 });
    expect(String(reason)).toContain('lock');
  });

  it('warns about an eviction policy that may drop jobs', async () => {
    redis = await UnsteadyRedis.start();
    await redis.goDown();
    await redis.comeBack({ 'maxmemory-policy': 'allkeys-lru' });
    queue = await QueueProcess.start(redis.config);
    expect(await queue.health.check()).toMatchObject({
      state: 'degraded',
      reason: expect.stringContaining('allkeys-lru'),
      backend: 'redis',
    });
  });
});
