import { Inject, Injectable } from '@nestjs/common';
import { RecallDispatcher, SendDispatcher } from '#libs/dispatch';
import type { DispatchJob } from '#libs/queue';

/** Hands each job to the chain of its kind. A job ends with its run: waiting times live in PostgreSQL. */
@Injectable()
export class DispatchProcessor {
  constructor(
    @Inject(SendDispatcher) private readonly sends: SendDispatcher,
    @Inject(RecallDispatcher) private readonly recalls: RecallDispatcher,
  ) {}

  process(job: DispatchJob, signal: AbortSignal): Promise<void> {
    switch (job.kind) {
      case 'send':
        return this.sends.dispatch(job.messageId, job.deliveryNo, signal);
      case 'recall':
        return this.recalls.dispatch(job.recallId, job.messageId, job.deliveryNo, signal);
    }
  }
}
