import { Inject, Injectable, Logger } from '@nestjs/common';
import { ChannelRegistry } from '#libs/channels';
import { HongyanError, RateLimitedError } from '#libs/core';
import { ReceiptPollStore, type ClaimedPoll, type PollOutcome } from '#libs/messages';
import { redact } from '#libs/security';
import { ReceiptEffects } from './receipt-effects.js';
import { ReceiptFetcher } from './receipt-fetcher.js';
import { verdictForFault, verdictForReceipts } from './receipt-verdict.js';

/** Questions through one account and in all of one pass: a second of it stays well below what vendors allow an app. */
const PER_ACCOUNT = 8;
const PER_PASS = 64;

/** Collects what vendors tell about sent deliveries. Safe in every worker at once. */
@Injectable()
export class ReceiptCollector {
  private readonly logger = new Logger('Receipts');

  constructor(
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(ReceiptFetcher) private readonly fetcher: ReceiptFetcher,
    @Inject(ReceiptPollStore) private readonly polls: ReceiptPollStore,
    @Inject(ReceiptEffects) private readonly effects: ReceiptEffects,
  ) {}

  /** One pass over what is due; answers how many questions were asked. An abort hands them back. */
  async collect(signal: AbortSignal): Promise<number> {
    const channels = this.channels.list().filter(({ receipts }) => receipts.supported);
    const names = channels.map(({ name }) => name);
    const polls = await this.polls.takeDue({ channels: names, perAccount: PER_ACCOUNT, total: PER_PASS });
    await Promise.all(polls.map((poll) => this.ask(poll, signal)));
    return polls.length;
  }

  private async ask(poll: ClaimedPoll, signal: AbortSignal): Promise<void> {
    const { messageId, no, fence } = poll;
    const verdict = await this.decide(poll, signal);
    await this.polls.finish({ poll: { messageId, no, fence }, ...verdict });
    const { again, recipients, unavailable } = verdict;
    const outcome = { news: recipients.length, isOver: !again, ...(unavailable && { reason: unavailable }) };
    this.logger.debug({ event: 'receipt', messageId, deliveryNo: no, ...outcome });
  }

  private async decide(poll: ClaimedPoll, signal: AbortSignal): Promise<Omit<PollOutcome, 'poll'>> {
    const channel = this.channels.find(poll.channel);
    if (!poll.sent || !channel) return { recipients: [] };
    try {
      const fetched = await this.fetcher.fetch(channel, poll, poll.sent, signal);
      const verdict = verdictForReceipts(fetched, poll, channel.family);
      await this.effects.noteRefused(channel.family, poll, verdict.recipients);
      return verdict;
    } catch (error) {
      if (signal.aborted) return { recipients: [], again: { waitMs: 0, counts: false } };
      if (error instanceof RateLimitedError && error.retryAfterMs !== undefined) {
        await this.effects.block(poll.account, error.retryAfterMs);
      }
      this.report(error, poll);
      return verdictForFault(error, poll);
    }
  }

  private report(error: unknown, { account, messageId, no }: ClaimedPoll): void {
    const where = { event: 'receipt_failed', account, messageId, deliveryNo: no };
    if (error instanceof HongyanError) this.logger.debug({ ...where, reason: error.code, text: redact(error.message) });
    else this.logger.error({ ...where, error: redact(error instanceof Error ? (error.stack ?? '') : String(error)) });
  }
}
