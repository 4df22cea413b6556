import { Queue } from 'bullmq';
import { answerInTime, endsInTime, ANSWER_WITHIN_MS } from './deadline.js';
import type { DispatchJob } from './dispatch-job.js';
import type { BackendCondition, DispatchQueue, JobCounts, QueuedJob } from './dispatch-queue.js';
import { JOB_OPTIONS, MAX_EVENTS, QUEUE_NAME, REDIS_PREFIX } from './queue-settings.js';
import { conditionOf } from './redis-condition.js';
import { infosOf, openProducerClient, type RedisClient, type RedisPlace } from './redis-client.js';
import { addAll, countJobs } from './queue-operations.js';
import { messageOf, type ThrottledLog } from './throttled-log.js';

/**
 * The queue on Redis. BullMQ keeps a rejected readiness for good, so neither readiness nor version is awaited here:
 * with both left out every call fails or succeeds on its own, whether Redis was there at start-up or not.
 */
export class RedisQueue implements DispatchQueue {
  readonly backend = 'redis';
  private readonly client: RedisClient;
  private readonly queue: Queue<DispatchJob>;

  constructor(
    place: RedisPlace,
    private readonly log: ThrottledLog,
  ) {
    this.client = openProducerClient(place, (error) => log.log(`Redis: ${messageOf(error)}`));
    this.queue = new Queue<DispatchJob>(QUEUE_NAME, {
      connection: this.client,
      prefix: REDIS_PREFIX,
      skipWaitingForReady: true,
      skipVersionCheck: true,
      skipMetasUpdate: true,
      defaultJobOptions: JOB_OPTIONS,
      streams: { events: { maxLen: MAX_EVENTS } },
    });
    this.queue.on('error', (error) => log.log(`Queue: ${messageOf(error)}`));
    this.client.on('ready', () => void this.storeSettings());
  }

  async add(jobs: readonly QueuedJob[]): Promise<void> {
    await answerInTime(addAll(this.queue, jobs));
  }

  async count(): Promise<JobCounts> {
    return answerInTime(countJobs(this.queue));
  }

  async inspect(): Promise<BackendCondition> {
    const conditions = (await answerInTime(infosOf(this.client))).map(conditionOf);
    return conditions.find(({ state }) => state !== 'up') ?? { state: 'up' };
  }

  async settle(): Promise<void> {
    if (this.client.status === 'ready') return;
    await endsInTime(new Promise((resolve) => this.client.once('ready', resolve)), ANSWER_WITHIN_MS);
  }

  async close(): Promise<void> {
    await this.queue.close();
    this.client.disconnect();
  }

  /** Again at each connection: Redis may have come back empty. */
  private async storeSettings(): Promise<void> {
    try {
      await this.queue.getBackend().setQueueMeta(this.queue.metaValues);
    } catch (error) {
      this.log.log(`Queue settings were not stored: ${messageOf(error)}`);
    }
  }
}
