import { Logger, type INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AppConfigModule, type AppConfig } from '#libs/config';
import { newId } from '#libs/core';
import {
  DispatchWorkerFactory,
  JobProducer,
  migrateQueue,
  QueueHealth,
  QueueModule,
  type DispatchWorker,
  type DispatchWorkerOptions,
  type JobProcessor,
  type PublishRef,
} from '#libs/queue';
import { startTestDatabase, startTestRedis, testConfig } from '#libs/testing';

export interface StartedBackend {
  readonly config: AppConfig;
  stop(): Promise<void>;
}

/** Both places the queue can live in, ready for use. */
export const BACKENDS: readonly (readonly [string, () => Promise<StartedBackend>])[] = [
  ['Redis', startRedisBackend],
  ['PostgreSQL', startPostgresBackend],
];

async function startRedisBackend(): Promise<StartedBackend> {
  const redis = await startTestRedis();
  return { config: testConfig({ redisUrl: redis.url }), stop: () => redis.stop() };
}

async function startPostgresBackend(): Promise<StartedBackend> {
  const database = await startTestDatabase();
  const config = testConfig({ databaseUrl: database.url });
  await migrateQueue(config);
  return { config, stop: () => database.stop() };
}

/** One process's view of the queue. Closing it stops its workers first. */
export class QueueProcess {
  private readonly workers: DispatchWorker[] = [];

  private constructor(private readonly app: INestApplicationContext) {}

  static async start(config: AppConfig): Promise<QueueProcess> {
    Logger.overrideLogger(false);
    const app = await Test.createTestingModule({ imports: [AppConfigModule.forRoot(config), QueueModule] }).compile();
    return new QueueProcess(app);
  }

  get producer(): JobProducer {
    return this.app.get(JobProducer);
  }

  get health(): QueueHealth {
    return this.app.get(QueueHealth);
  }

  async work(processor: JobProcessor, options: Partial<DispatchWorkerOptions> = {}): Promise<DispatchWorker> {
    const worker = this.app.get(DispatchWorkerFactory).create(processor, { concurrency: 5, ...options });
    this.workers.push(worker);
    await worker.start();
    return worker;
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop(2_000)));
    await this.app.close();
  }
}

export const makeRef = (overrides: Partial<PublishRef> = {}): PublishRef => ({
  messageId: newId(),
  deliveryNo: 1,
  fence: 0,
  publishNo: 1,
  priority: 'normal',
  ...overrides,
});

export const makeRefs = (count: number, overrides: Partial<PublishRef> = {}): PublishRef[] =>
  Array.from({ length: count }, () => makeRef(overrides));
