import type { DispatchJob } from './dispatch-job.js';

export type QueueBackendName = 'redis' | 'postgres';

export interface QueuedJob {
  readonly id: string;
  readonly data: DispatchJob;
  /** 1 is taken first. */
  readonly priority: number;
}

export interface JobCounts {
  readonly waiting: number;
  /** Taken by a worker and not yet acknowledged. */
  readonly active: number;
}

/** How the back end is. `reason` is a sentence for operators, present unless all is well. */
export interface BackendCondition {
  readonly state: 'up' | 'degraded';
  readonly reason?: string;
}

/** The producing side of the queue on one back end. Every operation rejects within a second when the back end is away. */
export interface DispatchQueue {
  readonly backend: QueueBackendName;
  /** Adds all jobs; those whose id is in the queue already are left as they are. */
  add(jobs: readonly QueuedJob[]): Promise<void>;
  count(): Promise<JobCounts>;
  inspect(): Promise<BackendCondition>;
  /** Resolves when the back end has answered, at the latest after a second: start-up does not depend on the queue. */
  settle(): Promise<void>;
  /** Ends at once, also while the back end is away. */
  close(): Promise<void>;
}

/** Injection token of the process's one `DispatchQueue`. */
export const DISPATCH_QUEUE = Symbol('DispatchQueue');
