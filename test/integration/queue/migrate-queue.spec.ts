import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { migrateQueue } from '#libs/queue';
import { startEmptyDatabase, testConfig, type TestDatabase } from '#libs/testing';
import { makeRef, QueueProcess } from './queue-harness.js';

jest.setTimeout(60_000);

describe('migrateQueue', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startEmptyDatabase();
  });
  afterAll(() => database.stop());

  it('leaves the queue down with a reason before it ran, and up afterwards in the same process', async () => {
    const config = testConfig({ databaseUrl: database.url });
    const queue = await QueueProcess.start(config);
    expect(await queue.health.check()).toMatchObject({ state: 'down', backend: 'postgres' });
    await expect(queue.producer.publish([makeRef()])).rejects.toThrow('not reachable');

    await Promise.all([migrateQueue(config), migrateQueue(config), migrateQueue(config)]);

    expect(await queue.health.check()).toMatchObject({ state: 'up' });
    await queue.producer.publish([makeRef()]);
    expect(await queue.producer.depth()).toBe(1);
    await queue.close();
  });

  it('has nothing to do when the queue lives in Redis', async () => {
    const config = testConfig({ redisUrl: 'redis://127.0.0.1:1' });
    await expect(migrateQueue(config)).resolves.toBeUndefined();
  });
});
