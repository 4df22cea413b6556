import { Inject, Injectable } from '@nestjs/common';
import { AccountReader, type SendingAccount } from '#libs/accounts';
import { CallbackRefusedError, ChannelRegistry, type CallbackReply, type CallbackRequest } from '#libs/channels';
import { CLOCK, ConfigError, NotFoundError, type Clock } from '#libs/core';
import { CallbackStore } from './callback.store.js';

/** How a callback was taken. */
export type CallbackResult = 'checked' | 'recorded' | 'repeated';

export interface TakenCallback {
  readonly reply: CallbackReply;
  readonly result: CallbackResult;
}

/** Takes what vendors send to the callback address of an account. Makes no provider call: the vendor waits for a second. */
@Injectable()
export class CallbackService {
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
    try {
      return await this.accounts.get(code);
    } catch (error) {
      if (error instanceof NotFoundError || error instanceof ConfigError)
        throw new CallbackRefusedError('not_configured');
      throw error;
    }
  }
}
