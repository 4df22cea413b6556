import {
  Worker,
  type BackendFactory,
  type IQueueBackend,
  type Job,
  type JobProgress,
  type WorkerOptions,
} from 'bullmq';
import { parseDispatchJob, type DispatchJob } from './dispatch-job.js';
import { QUEUE_NAME, type WorkerTimings } from './queue-settings.js';

export type JobProcessor = (job: DispatchJob, signal: AbortSignal) => Promise<void>;

export interface QueueWorkerOptions {
  readonly concurrency: number;
  readonly timings: WorkerTimings;
  readonly process: JobProcessor;
  readonly onError: (error: Error) => void;
}

/** A worker on one back end. */
export interface QueueWorker {
  /** Takes jobs until it is closed. */
  run(): Promise<void>;
  /** Stops taking, waits for the jobs in hand, disconnects. Never ends while the back end is away. */
  close(): Promise<void>;
  /** Cuts the connections, also while a `close()` waits in vain. Jobs in hand go on without an acknowledgement. */
  abandon(): Promise<void>;
  /** Aborts the signal of every job in hand. */
  cancelAllJobs(reason: string): void;
}

const RETRY_DELAY_MS = 1_000;

/** Delivery deaths are counted in PostgreSQL; BullMQ's own count never falls and would fail a message at the second. */
const NO_STALL_LIMIT = 1_000;

export const workerOptions = ({ concurrency, timings }: QueueWorkerOptions): Omit<WorkerOptions, 'connection'> => ({
  autorun: false,
  concurrency,
  lockDuration: timings.lockMs,
  stalledInterval: timings.stalledCheckMs,
  maxStalledCount: NO_STALL_LIMIT,
  runRetryDelay: RETRY_DELAY_MS,
});

/** BullMQ hands the abort signal only to a processor that declares all three parameters. */
const bullProcessor =
  (process: JobProcessor) =>
  async (job: Job<DispatchJob>, _token: string | undefined, signal: AbortSignal | undefined): Promise<void> =>
    process(parseDispatchJob(job.data), signal ?? new AbortController().signal);

/** BullMQ's worker with a way out of a close that waits for a back end which is away. */
export class BullWorker<B extends IQueueBackend, C>
  extends Worker<DispatchJob, void, string, B, JobProgress, C>
  implements QueueWorker
{
  constructor(options: QueueWorkerOptions, bullOptions: WorkerOptions<C>, backend: BackendFactory<B, C>) {
    super(QUEUE_NAME, bullProcessor(options.process), bullOptions, backend);
    this.on('error', options.onError);
    this.on('failed', (_job, error) => options.onError(error));
    this.on('lockRenewalFailed', (jobIds) =>
      jobIds.forEach((id) => this.cancelJob(id, 'The lock of the job was lost')),
    );
  }

  async abandon(): Promise<void> {
    if (!this.closing) return this.close(true);
    await this.lockManager.close();
    await this.backend.close(true);
  }
}
