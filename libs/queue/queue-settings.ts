import type { DefaultJobOptions } from 'bullmq';

export const QUEUE_NAME = 'dispatch';

/** The hash tag keeps all keys of the queue in one slot of a Redis Cluster. */
export const REDIS_PREFIX = '{hongyan}';

/** PostgreSQL schema of the queue's own tables. */
export const POSTGRES_SCHEMA = 'hongyan_queue';

/** Events are for debugging only, nothing is kept by them. */
export const MAX_EVENTS = 1_000;

/**
 * Retries and history live in PostgreSQL. A job that is kept after its end would block the next one of its id.
 * `sizeLimit` in bytes: jobs carry ids, never content.
 */
export const JOB_OPTIONS: DefaultJobOptions = {
  attempts: 1,
  removeOnComplete: true,
  removeOnFail: true,
  sizeLimit: 1_024,
};

export interface WorkerTimings {
  /** Lock of a job, renewed at half of it. Recovery is by the delivery's lease, not by this lock. */
  readonly lockMs: number;
  /** Pause between two searches for jobs of dead workers. */
  readonly stalledCheckMs: number;
  /** Jobs wait and none is taken for this long while the queue answers: the worker is replaced. */
  readonly stuckAfterMs: number;
  readonly watchEveryMs: number;
}

export const WORKER_TIMINGS: WorkerTimings = {
  lockMs: 15_000,
  stalledCheckMs: 5_000,
  stuckAfterMs: 30_000,
  watchEveryMs: 5_000,
};
