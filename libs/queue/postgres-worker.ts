import { createPostgresBackend, type PostgresConnectionOptions, type PostgresQueueBackend } from 'bullmq';
import { postgresConnection } from './postgres-connection.js';
import { BullWorker, workerOptions, type QueueWorkerOptions } from './queue-worker.js';

const CONNECTIONS = 8;

export class PostgresWorker extends BullWorker<PostgresQueueBackend, PostgresConnectionOptions> {
  constructor(databaseUrl: string, options: QueueWorkerOptions) {
    const connection = postgresConnection(databaseUrl, CONNECTIONS);
    super(options, { ...workerOptions(options), connection }, createPostgresBackend);
  }
}
