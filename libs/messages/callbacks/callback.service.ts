import { Inject, Injectable } from '@nestjs/common';
import { AccountReader, type SendingAccount } from '#libs/accounts';
import { CallbackRefusedError, ChannelRegistry, type CallbackReply, type CallbackRequest } from '#libs/channels';
import { CLOCK, ConfigError, NotFoundError, type Clock } from '#libs/core';
import { CallbackStore } from './callback.store.js';

/** How long an account that was not there is taken for absent without a look. */
const UNKNOWN_MS = 2_000;
const MOST_UNKNOWN = 1_000;

/** How a callback was taken. */
export type CallbackResult = 'checked' | 'recorded' | 'repeated';

export interface TakenCallback {
  readonly reply: CallbackReply;
  readonly result: CallbackResult;
}

/** Takes what vendors send to the callback address of an account. Makes no provider call: the vendor waits for a second. */
@Injectable()
export class CallbackService {
  /** Codes of no account, with the end of their time; oldest first. */
  private readonly unknown = new Map<string, number>();

  constructor(
    @Inject(AccountReader) private readonly accounts: AccountReader,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(CallbackStore) private readonly store: CallbackStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws CallbackRefusedError also for an account that does not exist: a stranger learns nothing */
  async take(family: string, code: string, request: Omit<CallbackRequest, 'now'>): Promise<TakenCallback> {
    const account = await this.accountOf(code);
    const channel = this.channels.find(account.channel);
    if (channel?.family !== family || !channel.callback) throw new CallbackRefusedError('not_configured');
    const { events, reply } = channel.callback.receive(account.config, { ...request, now: this.clock.now() });
    let result: CallbackResult = events.length === 0 ? 'checked' : 'repeated';
    for (const event of events) {
      if (await this.store.record(code, event, channel.cards?.codeSeconds)) result = 'recorded';
    }
    return { reply, result };
  }

  private async accountOf(code: string): Promise<SendingAccount> {
    const nowMs = this.clock.monotonicMs();
    if ((this.unknown.get(code) ?? 0) > nowMs) throw new CallbackRefusedError('not_configured');
    try {
      return await this.accounts.get(code);
    } catch (error) {
      if (error instanceof NotFoundError) this.remember(code, nowMs + UNKNOWN_MS);
      if (error instanceof NotFoundError || error instanceof ConfigError)
        throw new CallbackRefusedError('not_configured');
      throw error;
    }
  }

  /** Anybody may call this address with any code: what is remembered of that has a bound. */
  private remember(code: string, untilMs: number): void {
    this.unknown.delete(code);
    this.unknown.set(code, untilMs);
    const [oldest] = this.unknown.keys();
    if (this.unknown.size > MOST_UNKNOWN && oldest !== undefined) this.unknown.delete(oldest);
  }
}
