import { describe, expect, it } from '@jest/globals';
import { newId, systemClock } from '#libs/core';
import type { DispatchJob } from './dispatch-job.js';
import type { DispatchQueue, JobCounts } from './dispatch-queue.js';
import { DispatchWorker, type DispatchWorkerOptions } from './dispatch-worker.js';
import type { JobProcessor, QueueWorker, QueueWorkerOptions } from './queue-worker.js';

const job: DispatchJob = { v: 1, kind: 'send', messageId: newId(), deliveryNo: 1 };

/** A back end whose jobs are handed out by the test. */
class FakeWorker implements QueueWorker {
  isAbandoned = false;
  canClose = true;
  private readonly abortion = new AbortController();
  private inHand: Promise<void> = Promise.resolve();

  constructor(private readonly options: QueueWorkerOptions) {}

  run: () => Promise<void> = () => Promise.resolve();

  give(): Promise<void> {
    this.inHand = this.options.process(job, this.abortion.signal);
    return this.inHand;
  }

  async close(): Promise<void> {
    await this.inHand;
    if (!this.canClose) await new Promise(() => undefined);
  }

  abandon(): Promise<void> {
    this.isAbandoned = true;
    return Promise.resolve();
  }

  cancelAllJobs(reason: string): void {
    this.abortion.abort(reason);
  }
}

function makeWorker(processor: JobProcessor, options: Partial<DispatchWorkerOptions> = {}) {
  const workers: FakeWorker[] = [];
  const queueState = { isAway: false, waiting: 0 };
  const queue: DispatchQueue = {
    backend: 'redis',
    add: () => Promise.resolve(),
    count: (): Promise<JobCounts> =>
      queueState.isAway
        ? Promise.reject(new Error('away'))
        : Promise.resolve({ waiting: queueState.waiting, active: 0 }),
    inspect: () => Promise.resolve({ state: 'up' }),
    settle: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const openWorker = (workerOptions: QueueWorkerOptions): FakeWorker => {
    const worker = new FakeWorker(workerOptions);
    if (queueState.isAway) worker.run = () => Promise.reject(new Error('away'));
    workers.push(worker);
    return worker;
  };
  const timings = { lockMs: 15_000, stalledCheckMs: 5_000, stuckAfterMs: 1, watchEveryMs: 2, ...options.timings };
  const worker = new DispatchWorker({
    backend: { openQueue: () => queue, openWorker },
    queue,
    clock: systemClock,
    processor,
    options: { concurrency: 2, ...options, timings },
  });
  return { worker, workers, queueState };
}

/** The one worker that was opened. */
function only(workers: readonly FakeWorker[]): FakeWorker {
  const [worker] = workers;
  if (!worker || workers.length > 1) throw new Error(`${workers.length} workers were opened`);
  return worker;
}

const untilAborted: JobProcessor = (_job, signal) =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve()));

async function until(condition: () => boolean): Promise<void> {
  const endMs = performance.now() + 2_000;
  while (!condition()) {
    if (performance.now() > endMs) throw new Error('Waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

describe('DispatchWorker', () => {
  it('opens another worker when one could not begin', async () => {
    const { queueState, worker, workers } = makeWorker(() => Promise.resolve());
    queueState.isAway = true;
    await worker.start();
    queueState.isAway = false;
    await until(() => workers.length === 2);
    expect(workers.map(({ isAbandoned }) => isAbandoned)).toEqual([true, false]);
    await worker.stop(1_000);
  });

  it('hands the job over and counts what is in hand', async () => {
    const seen: DispatchJob[] = [];
    const { worker, workers } = makeWorker(async (given) => {
      seen.push(given);
      expect(worker.active).toBe(1);
    });
    await worker.start();
    await only(workers).give();
    expect(seen).toEqual([job]);
    expect(worker.active).toBe(0);
    await worker.stop(100);
  });

  it('waits at stop for the job in hand', async () => {
    let finish = (): void => undefined;
    const { worker, workers } = makeWorker(() => new Promise((resolve) => (finish = resolve)));
    await worker.start();
    const given = only(workers).give();
    const stopped = worker.stop(2_000);
    finish();
    await Promise.all([given, stopped]);
    expect(only(workers).isAbandoned).toBe(false);
  });

  it('aborts a job that outlasts the deadline', async () => {
    const { worker, workers } = makeWorker(untilAborted);
    await worker.start();
    const given = only(workers).give();
    await worker.stop(40);
    await given;
    expect(worker.active).toBe(0);
  });

  it('does not wait for the deadline when the queue is away and nothing is in hand', async () => {
    const { worker, workers, queueState } = makeWorker(() => Promise.resolve());
    await worker.start();
    only(workers).canClose = false;
    queueState.isAway = true;
    const startMs = performance.now();
    await worker.stop(25_000);
    expect(performance.now() - startMs).toBeLessThan(5_000);
    expect(only(workers).isAbandoned).toBe(true);
  });

  it('replaces a worker that takes nothing, and asks for help when the next one takes nothing either', async () => {
    let cries = 0;
    const { worker, workers, queueState } = makeWorker(() => Promise.resolve(), { onStuck: () => (cries += 1) });
    await worker.start();
    queueState.waiting = 1;
    await until(() => cries > 0);
    queueState.waiting = 0;
    expect(workers.length).toBeGreaterThanOrEqual(3);
    expect(workers[0]?.isAbandoned).toBe(true);
    await worker.stop(100);
  });

  it('opens one worker however often it is started', async () => {
    const { worker, workers } = makeWorker(() => Promise.resolve());
    await worker.start();
    await worker.start();
    expect(workers).toHaveLength(1);
    await worker.stop(100);
    await worker.stop(100);
  });
});
