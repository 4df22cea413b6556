import { Inject, Injectable, Logger } from '@nestjs/common';
import { AccountBreaker, AccountGates } from '#libs/accounts';
import {
  AmbiguousDeliveryError,
  CredentialError,
  PermanentDeliveryError,
  RateLimitedError,
  RetryableDeliveryError,
  TokenRejectedError,
} from '#libs/core';
import { RecallItemStore, type ClaimedRecallItem } from '#libs/messages';
import { errorView } from './error-view.js';
import { RecallPipeline } from './recall.pipeline.js';
import { MAX_ATTEMPTS, retryDelayMs, unreachableDelayMs } from './retry-schedule.js';
import { RecallRun, type RecallVerdict } from './steps/recall-run.js';

/** Runs one recall item through the recall pipeline and writes how it ended. */
@Injectable()
export class RecallDispatcher {
  private readonly logger = new Logger('Recall');

  constructor(
    @Inject(RecallPipeline) private readonly pipeline: RecallPipeline,
    @Inject(RecallItemStore) private readonly items: RecallItemStore,
    @Inject(AccountGates) private readonly gates: AccountGates,
    @Inject(AccountBreaker) private readonly breaker: AccountBreaker,
  ) {}

  async dispatch(recallId: string, messageId: string, deliveryNo: number, signal: AbortSignal): Promise<void> {
    const run = new RecallRun(recallId, messageId, deliveryNo);
    const verdict = await this.decide(run, signal);
    if (!verdict || !run.item) return;
    await this.items.finish({ ...verdict, item: run.item });
    const level = verdict.status === 'failed' || verdict.status === 'uncertain' ? 'warn' : 'debug';
    this.logger[level]({
      event: 'recall',
      recallId,
      messageId,
      deliveryNo,
      status: verdict.status,
      reason: verdict.reason,
    });
  }

  private async decide(run: RecallRun, signal: AbortSignal): Promise<RecallVerdict> {
    try {
      const result = await this.pipeline.run(run, signal);
      return 'done' in result ? result.done : result.stopped;
    } catch (error) {
      if (!run.item) throw error;
      const throttle = error instanceof RateLimitedError ? { waitMs: await this.block(error, run.item.account) } : {};
      return { ...verdictForRecallError(error, run.item), ...throttle, error: errorView(error) };
    }
  }

  private async block({ retryAfterMs }: RateLimitedError, account: string): Promise<number> {
    if (retryAfterMs === undefined) return this.breaker.throttle(account);
    await this.gates.blockUntil(account, retryAfterMs);
    return retryAfterMs;
  }
}

/**
 * What a failed recall call means. Taking back twice does no harm, so an unclear outcome is simply asked again; when
 * the tries are used up it stays unclear and nothing is claimed.
 */
export function verdictForRecallError(
  error: unknown,
  item: Pick<ClaimedRecallItem, 'attempts'>,
): NonNullable<RecallVerdict> {
  if (error instanceof PermanentDeliveryError) return { status: 'failed', reason: error.reason, counts: true };
  if (error instanceof CredentialError || error instanceof TokenRejectedError) {
    return { status: 'failed', reason: error.reason, counts: true };
  }
  if (error instanceof RateLimitedError) return { status: 'waiting', waitMs: error.retryAfterMs ?? 0, counts: false };
  if (error instanceof RetryableDeliveryError && !error.usesAttempt) {
    return { status: 'waiting', waitMs: unreachableDelayMs(), reason: error.reason, counts: false };
  }
  if (item.attempts + 1 < MAX_ATTEMPTS) {
    return { status: 'waiting', waitMs: retryDelayMs(item.attempts + 1), reason: 'recall_unconfirmed', counts: true };
  }
  const unclear = error instanceof AmbiguousDeliveryError;
  return { status: unclear ? 'uncertain' : 'failed', reason: 'recall_unconfirmed', counts: true };
}
