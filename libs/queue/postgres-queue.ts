import { createPostgresBackend, withBackend } from 'bullmq';
import { answerInTime, endsInTime, ANSWER_WITHIN_MS } from './deadline.js';
import type { DispatchJob } from './dispatch-job.js';
import type { BackendCondition, DispatchQueue, JobCounts, QueuedJob } from './dispatch-queue.js';
import { postgresConnection } from './postgres-connection.js';
import { addAll, countJobs } from './queue-operations.js';
import { JOB_OPTIONS, MAX_EVENTS, QUEUE_NAME } from './queue-settings.js';
import { messageOf, type ThrottledLog } from './throttled-log.js';

const CONNECTIONS = 2;

const { Queue } = withBackend(createPostgresBackend);

function openQueue(databaseUrl: string, log: ThrottledLog) {
  const queue = new Queue<DispatchJob>(QUEUE_NAME, {
    connection: postgresConnection(databaseUrl, CONNECTIONS),
    defaultJobOptions: JOB_OPTIONS,
    streams: { events: { maxLen: MAX_EVENTS } },
  });
  queue.on('error', (error) => log.log(`Queue: ${messageOf(error)}`));
  return queue;
}

type PostgresBullQueue = ReturnType<typeof openQueue>;

/** The queue in PostgreSQL, in a schema of its own that `migrateQueue` installs. */
export class PostgresQueue implements DispatchQueue {
  readonly backend = 'postgres';
  private current: PostgresBullQueue | undefined;
  private closed = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly log: ThrottledLog,
  ) {}

  async add(jobs: readonly QueuedJob[]): Promise<void> {
    await answerInTime(this.ready().then((queue) => addAll(queue, jobs)));
  }

  async count(): Promise<JobCounts> {
    return answerInTime(this.ready().then(countJobs));
  }

  async inspect(): Promise<BackendCondition> {
    await answerInTime(this.ready());
    return { state: 'up' };
  }

  async settle(): Promise<void> {
    await endsInTime(this.ready(), ANSWER_WITHIN_MS);
  }

  async close(): Promise<void> {
    this.closed = true;
    const queue = this.current;
    if (queue) await endsInTime(queue.close(), ANSWER_WITHIN_MS);
  }

  /** BullMQ keeps a readiness that failed for good, so a queue that was opened in vain is replaced. */
  private async ready(): Promise<PostgresBullQueue> {
    if (this.closed) throw new Error('The queue is closed');
    const queue = (this.current ??= openQueue(this.databaseUrl, this.log));
    try {
      await queue.waitUntilReady();
      return queue;
    } catch (error) {
      if (this.current === queue) this.current = undefined;
      await endsInTime(queue.close(), ANSWER_WITHIN_MS);
      throw error;
    }
  }
}
