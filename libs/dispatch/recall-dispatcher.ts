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
import { isNotReached } from './failure-effects.js';
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
      if ('stopped' in result) return result.stopped;
      if (run.item) await this.breaker.noteAnswer(run.item.account);
      return result.done;
    } catch (error) {
      if (!run.item) throw error;
      const wait = await this.moveGates(error, run.item.account);
      return { ...verdictForRecallError(error, run.item), ...wait, error: errorView(error) };
    }
  }

  /** The account's gates close as for a send, but for its credentials: an app that may not take back may still send. */
  private async moveGates(
    error: unknown,
    account: string,
  ): Promise<{ readonly waitMs?: number; readonly reason?: string }> {
    if (isNotReached(error)) return (await this.breaker.countFailure(account)) ? behindBreaker : {};
    if (error instanceof PermanentDeliveryError) await this.breaker.noteAnswer(account);
    if (!(error instanceof RateLimitedError)) return {};
    if (error.retryAfterMs === undefined) return { waitMs: await this.breaker.throttle(account) };
    await this.gates.blockUntil(account, error.retryAfterMs);
    return { waitMs: error.retryAfterMs };
  }
}

/** It stays due: the breaker's gate holds it. */
const behindBreaker = { waitMs: 0, reason: 'breaker_open' } as const;

/** Between two looks at an account that may not take back; those whose credentials are refused are paused besides. */
const CREDENTIALS_RETRY_MS = 30_000;

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
    return { status: 'waiting', waitMs: CREDENTIALS_RETRY_MS, reason: 'account_paused', counts: false };
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
