import { createPostgresBackend, type PostgresConnectionOptions, type PostgresQueueBackend } from 'bullmq';
import { postgresConnection } from './postgres-connection.js';
import { BullWorker, workerOptions, type QueueWorkerOptions } from './queue-worker.js';

const CONNECTIONS = 8;

export class PostgresWorker extends BullWorker<PostgresQueueBackend, PostgresConnectionOptions> {
  constructor(databaseUrl: string, options: QueueWorkerOptions) {
    const connection = postgresConnection(databaseUrl, CONNECTIONS);
    super(options, { ...workerOptions(options), connection }, createPostgresBackend);
  }

  /**
   * A first connection that failed stays failed, and BullMQ would ask it again and again without a pause: nothing else
   * would run in this process any more.
   * @throws what the first connection failed with; whoever opened the worker replaces it
   */
  override async run(): Promise<void> {
    await this.waitUntilReady();
    return super.run();
  }
}
