import { createRedisBackend, type ConnectionOptions, type RedisQueueBackend } from 'bullmq';
import { REDIS_PREFIX } from './queue-settings.js';
import { BullWorker, workerOptions, type QueueWorkerOptions } from './queue-worker.js';
import { openWorkerClient, type RedisClient, type RedisPlace } from './redis-client.js';

/** Owns its main client, so that a close can be ended from outside; BullMQ owns the blocking copy that it makes. */
export class RedisWorker extends BullWorker<RedisQueueBackend, ConnectionOptions> {
  private readonly mainClient: RedisClient;

  constructor(place: RedisPlace, options: QueueWorkerOptions) {
    const connection = openWorkerClient(place, options.onError);
    const redis = { connection, prefix: REDIS_PREFIX, skipVersionCheck: true };
    super(options, { ...workerOptions(options), ...redis }, createRedisBackend);
    this.mainClient = connection;
  }

  override async close(force?: boolean): Promise<void> {
    await super.close(force);
    this.mainClient.disconnect();
  }

  override async abandon(): Promise<void> {
    await super.abandon();
    this.mainClient.disconnect();
  }
}
