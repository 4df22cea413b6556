import { Inject, Injectable } from '@nestjs/common';
import { AccountReader } from '#libs/accounts';
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
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(loaded: LoadedRecall): Promise<StepResult<RoutedRecall, RecallVerdict>> {
    const { item } = loaded;
    const channel = this.channels.get(item.channel);
    const refusal = this.refusal(item, channel.recall);
    if (refusal) return { stop: refusal };
    try {
      return { next: { ...loaded, channel, account: await this.accounts.get(item.account) } };
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      return { stop: { status: 'failed', reason: 'recall_account_gone', counts: false } };
    }
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
