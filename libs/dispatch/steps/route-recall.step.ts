import { Inject, Injectable } from '@nestjs/common';
import { AccountBreaker, AccountReader, type SendingAccount } from '#libs/accounts';
import { ChannelRegistry } from '#libs/channels';
import { CLOCK, NotFoundError, type Clock } from '#libs/core';
import type { ClaimedRecallItem } from '#libs/messages';
import type { Step, StepResult } from '../pipeline.js';
import type { LoadedRecall, RecallVerdict, RoutedRecall } from './recall-run.js';

/** Finds the account that sent the delivery, and whether its vendor still takes messages back. */
@Injectable()
export class RouteRecallStep implements Step<LoadedRecall, RoutedRecall, RecallVerdict> {
  readonly name = 'route';

  constructor(
    @Inject(AccountReader) private readonly accounts: AccountReader,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(AccountBreaker) private readonly breaker: AccountBreaker,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(loaded: LoadedRecall): Promise<StepResult<RoutedRecall, RecallVerdict>> {
    const { item } = loaded;
    const channel = this.channels.get(item.channel);
    const refusal = this.refusal(item, channel.recall);
    if (refusal) return { stop: refusal };
    const account = await this.findAccount(item.account);
    if (!account) return { stop: { status: 'failed', reason: 'recall_account_gone', counts: false } };
    const wait = await this.wait(account);
    return wait ? { stop: wait } : { next: { ...loaded, channel, account } };
  }

  private async findAccount(code: string): Promise<SendingAccount | undefined> {
    try {
      return await this.accounts.get(code);
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }

  /** What a person paused for sending can still be taken back; everything else that holds sends holds recalls. */
  private async wait(account: SendingAccount): Promise<RecallVerdict> {
    const waiting = { status: 'waiting', counts: false } as const;
    if (account.pausedBy === 'credentials') return { ...waiting, reason: 'account_paused', waitMs: 0 };
    const blockedMs = (account.blockedUntil?.getTime() ?? 0) - this.clock.now().getTime();
    if (blockedMs > 0) return { ...waiting, reason: 'rate_limited', waitMs: blockedMs };
    if (!account.breakerOpenedAt || (await this.breaker.takeProbe(account.code))) return null;
    // Possibly closed by another process since this one has read the account.
    this.accounts.invalidate(account.code);
    return { ...waiting, reason: 'breaker_open', waitMs: 0 };
  }

  private refusal(item: ClaimedRecallItem, recall: RoutedRecall['channel']['recall']): RecallVerdict {
    if (!recall.supported) return { status: 'failed', reason: 'recall_not_supported', counts: false };
    if (item.providerMsgIds.length === 0) {
      return { status: 'uncertain', reason: 'recall_no_provider_id', counts: false };
    }
    const ageMs = item.sentAt ? this.clock.now().getTime() - item.sentAt.getTime() : 0;
    if (ageMs <= recall.windowSeconds * 1000) return null;
    return { status: 'failed', reason: 'recall_window_closed', counts: false };
  }
}
