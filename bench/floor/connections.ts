import { createPostgresBackend, Queue, withBackend, Worker, type PostgresPoolConfig } from 'bullmq';
import { Redis } from 'ioredis';
import { POSTGRES_SCHEMA, setting, type FloorJob } from './settings.js';

const redisUrl = process.env['REDIS_URL'];
const CONCURRENCY = 200;

/** As many connections as the product's queue has. */
const postgres = (max: number): PostgresPoolConfig => ({
  connectionString: setting('DATABASE_URL'),
  schema: POSTGRES_SCHEMA,
  max,
});

const onPostgres = withBackend(createPostgresBackend);

/** What the floor asks of either queue. */
type FloorQueue = Pick<Queue<FloorJob>, 'add' | 'addBulk' | 'getJobCounts'>;

export function openQueue(name: string): FloorQueue {
  if (!redisUrl) return new onPostgres.Queue<FloorJob>(name, { connection: postgres(2) });
  return new Queue<FloorJob>(name, { connection: new Redis(redisUrl) });
}

export function openWorker(name: string, process: (job: FloorJob) => Promise<void>): void {
  const options = { concurrency: CONCURRENCY, autorun: true };
  if (!redisUrl) {
    const { Worker: PostgresWorker } = onPostgres;
    new PostgresWorker<FloorJob>(name, ({ data }) => process(data), { ...options, connection: postgres(10) });
    return;
  }
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  new Worker<FloorJob>(name, ({ data }) => process(data), { ...options, connection });
}
