import { Inject, Injectable, Logger } from '@nestjs/common';
import { ConflictError, UnavailableError } from '#libs/core';
import type { Sql } from '#libs/database';
import { ReplayService } from '../control/replay.service.js';
import { DeadLetterReader } from './dead-letter.reader.js';
import type { NewReplayJob, ReplayJob } from './replay-job.js';
import { ReplayJobStore, type DueReplayJob, type JobItem } from './replay-job.store.js';

/** Most deliveries of one transaction. */
const MAX_BATCH = 100;
/** After a fault that is not known to pass. */
const FAILED_RETRY_SECONDS = 60;

/** What else is written in the transaction in which a job begins. */
type AlongsideJob = (job: ReplayJob, sql: Sql) => Promise<void>;

/** Replays many failed deliveries, at a rate: what is done and how far it got is committed together. */
@Injectable()
export class ReplayJobService {
  private readonly logger = new Logger('Replays');

  constructor(
    @Inject(ReplayJobStore) private readonly jobs: ReplayJobStore,
    @Inject(DeadLetterReader) private readonly deadLetters: DeadLetterReader,
    @Inject(ReplayService) private readonly replays: ReplayService,
  ) {}

  /** Begins a job about what has failed by now. */
  async start(wish: Omit<NewReplayJob, 'itemCount'>, alongside: AlongsideJob): Promise<ReplayJob> {
    const { deliveries } = await this.deadLetters.count(wish.filter);
    return this.jobs.transaction(async (sql) => {
      const job = await this.jobs.create({ ...wish, itemCount: deliveries }, sql);
      await alongside(job, sql);
      return job;
    });
  }

  /** Takes every job on whose turn it is. Safe in several processes at once: each job is one's at a time. */
  async runDue(): Promise<void> {
    while (await this.runNext());
  }

  /** True when there was a job. One that fails is tried again later: it must not keep the others from their turn. */
  private async runNext(): Promise<boolean> {
    let jobId: string | undefined;
    try {
      return await this.jobs.transaction(async (sql) => {
        const job = await this.jobs.takeDue(sql);
        jobId = job?.id;
        if (job) await this.advance(sql, job);
        return job !== undefined;
      });
    } catch (error) {
      if (jobId === undefined || error instanceof UnavailableError) throw error;
      await this.jobs.postpone(jobId, FAILED_RETRY_SECONDS);
      this.logger.error({ event: 'replay_job_failed', job: jobId, error: String(error) });
      return true;
    }
  }

  private async advance(sql: Sql, job: DueReplayJob): Promise<void> {
    const limit = Math.min(MAX_BATCH, Math.max(1, Math.ceil(job.ratePerMinute / 60)));
    const items = await this.jobs.nextItems(sql, job, limit);
    const counts = { replayed: 0, skipped: 0, recipients: 0 };
    for (const item of items) {
      const recipients = await this.replay(sql, job, item);
      counts[recipients === undefined ? 'skipped' : 'replayed'] += 1;
      counts.recipients += recipients ?? 0;
    }
    const last = items.at(-1);
    await this.jobs.advance(sql, job.id, {
      ...counts,
      ...(last && { last }),
      isFinished: items.length < limit,
      nextInSeconds: (items.length * 60) / job.ratePerMinute,
    });
  }

  /** How many recipients are on their way again; undefined when there are none to send to, or the message was recalled. */
  private async replay(sql: Sql, { actor }: DueReplayJob, { messageId, no }: JobItem): Promise<number | undefined> {
    try {
      return await this.replays.replayIn({ messageId, deliveryNo: no, includeUnknown: false, actor }, sql);
    } catch (error) {
      if (error instanceof ConflictError) return undefined;
      throw error;
    }
  }
}
