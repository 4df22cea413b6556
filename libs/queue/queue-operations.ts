import type { JobsOptions } from 'bullmq';
import type { DispatchJob } from './dispatch-job.js';
import type { JobCounts, QueuedJob } from './dispatch-queue.js';

/** What the two kinds of BullMQ queue have in common, as far as it is used here. */
interface BullQueue {
  addBulk(jobs: { name: string; data: DispatchJob; opts: JobsOptions }[]): Promise<unknown>;
  getJobCounts(...states: ('waiting' | 'prioritized' | 'active')[]): Promise<Record<string, number>>;
}

export async function addAll(queue: BullQueue, jobs: readonly QueuedJob[]): Promise<void> {
  await queue.addBulk(jobs.map(({ id, data, priority }) => ({ name: data.kind, data, opts: { jobId: id, priority } })));
}

export async function countJobs(queue: BullQueue): Promise<JobCounts> {
  const { active = 0, ...waiting } = await queue.getJobCounts('waiting', 'prioritized', 'active');
  return { active, waiting: Object.values(waiting).reduce((sum, count) => sum + count, 0) };
}
