import { Inject, Injectable, Logger } from '@nestjs/common';
import { DeliveryFinisher } from './delivery-finisher.js';
import { DISPATCH_OBSERVER, type DispatchObserver } from './dispatch-observer.js';
import { DispatchRun } from './dispatch-run.js';
import { FailureEffects } from './failure-effects.js';
import { SendPipeline } from './send.pipeline.js';
import { verdictForReceipt } from './success-verdict.js';
import type { Verdict } from './verdict.js';

/** Runs one delivery through the send pipeline and writes how it ended, exactly once. */
@Injectable()
export class SendDispatcher {
  private readonly logger = new Logger('Dispatch');

  constructor(
    @Inject(SendPipeline) private readonly pipeline: SendPipeline,
    @Inject(DeliveryFinisher) private readonly finisher: DeliveryFinisher,
    @Inject(FailureEffects) private readonly effects: FailureEffects,
    @Inject(DISPATCH_OBSERVER) private readonly observer: DispatchObserver,
  ) {}

  /** Never rejects for what happened to the delivery; only when the outcome could not be written. */
  async dispatch(messageId: string, deliveryNo: number, signal: AbortSignal): Promise<void> {
    const run = new DispatchRun(messageId, deliveryNo);
    const startedMs = performance.now();
    try {
      const verdict = await this.decide(run, signal);
      if (verdict) await this.write(run, verdict, startedMs);
    } finally {
      run.lease?.release();
    }
  }

  private async decide(run: DispatchRun, signal: AbortSignal): Promise<Verdict> {
    try {
      const result = await this.pipeline.run(run, signal);
      if ('stopped' in result) return result.stopped;
      await this.effects.noteAnswer(run);
      return verdictForReceipt(result.done);
    } catch (error) {
      if (!run.delivery) throw error;
      return this.effects.settle(error, run);
    }
  }

  private async write(run: DispatchRun, verdict: NonNullable<Verdict>, startedMs: number): Promise<void> {
    const answer = await this.finisher.finish(run, verdict);
    const { delivery } = run;
    if (!delivery || !answer.written) return;
    await this.effects.noteRefused(run, verdict);
    const durationMs = Math.round(performance.now() - startedMs);
    const waits = answer.status === 'scheduled' || answer.status === 'accepted';
    const { account, channel, createdAt } = delivery;
    const reason = verdict.reason === undefined ? {} : { reason: verdict.reason };
    this.observer.deliveryEnded({
      channel,
      account,
      status: answer.status,
      durationMs,
      ...reason,
      ...(!waits && { ageMs: Date.now() - createdAt.getTime() }),
    });
    const line = {
      event: 'delivery',
      messageId: run.messageId,
      deliveryNo: run.deliveryNo,
      channel,
      account,
      durationMs,
    };
    const level = answer.status === 'failed' || answer.status === 'unknown' ? 'warn' : 'debug';
    this.logger[level]({ ...line, status: answer.status, ...reason, attempt: delivery.fence });
  }
}
