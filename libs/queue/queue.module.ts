import { Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { DISPATCH_QUEUE, type DispatchQueue } from './dispatch-queue.js';
import { DispatchWorkerFactory } from './dispatch-worker.factory.js';
import { JobProducer } from './job-producer.js';
import { queueBackend } from './queue-backend.js';
import { QueueHealth } from './queue-health.js';
import { ThrottledLog } from './throttled-log.js';

const logger = new Logger('Queue');

async function openQueue(config: AppConfig): Promise<DispatchQueue> {
  const queue = queueBackend(config).openQueue(new ThrottledLog((line) => logger.warn(line)));
  await queue.settle();
  return queue;
}

/** The queue of jobs. Starts whether the back end is there or not. */
@Module({
  providers: [
    { provide: DISPATCH_QUEUE, inject: [APP_CONFIG], useFactory: openQueue },
    JobProducer,
    QueueHealth,
    DispatchWorkerFactory,
  ],
  exports: [JobProducer, QueueHealth, DispatchWorkerFactory],
})
export class QueueModule implements OnApplicationShutdown {
  constructor(@Inject(DISPATCH_QUEUE) private readonly queue: DispatchQueue) {}

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}
