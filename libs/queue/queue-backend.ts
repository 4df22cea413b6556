import type { AppConfig } from '#libs/config';
import type { DispatchQueue } from './dispatch-queue.js';
import { PostgresQueue } from './postgres-queue.js';
import { PostgresWorker } from './postgres-worker.js';
import type { QueueWorker, QueueWorkerOptions } from './queue-worker.js';
import { RedisQueue } from './redis-queue.js';
import { RedisWorker } from './redis-worker.js';
import type { ThrottledLog } from './throttled-log.js';

/** Where the queue lives. Nothing outside this folder knows which one it is. */
export interface QueueBackend {
  openQueue(log: ThrottledLog): DispatchQueue;
  openWorker(options: QueueWorkerOptions): QueueWorker;
}

export type QueueConfig = Pick<AppConfig, 'databaseUrl' | 'redisUrl' | 'redisTopology'>;

/** Redis when its address is configured, else PostgreSQL. */
export function queueBackend({ databaseUrl, redisTopology, redisUrl }: QueueConfig): QueueBackend {
  if (redisUrl !== undefined) {
    const place = { url: redisUrl, ...(redisTopology && { topology: redisTopology }) };
    return {
      openQueue: (log) => new RedisQueue(place, log),
      openWorker: (options) => new RedisWorker(place, options),
    };
  }
  return {
    openQueue: (log) => new PostgresQueue(databaseUrl, log),
    openWorker: (options) => new PostgresWorker(databaseUrl, options),
  };
}
