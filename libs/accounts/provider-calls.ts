import { Inject, Injectable } from '@nestjs/common';
import {
  ChannelRegistry,
  PROVIDER_HTTP,
  type AccountFinding,
  type CardUpdate,
  type CardUpdateAnswer,
  type FetchedToken,
  type ProviderCall,
  type ProviderHttp,
} from '#libs/channels';
import { CLOCK, InvariantError, type Clock } from '#libs/core';
import { providerCallFor, type SendingAccount } from './sending-account.js';

/** The calls to a vendor that concern the account itself, not a message. Each one is bounded in time. */
@Injectable()
export class ProviderCalls {
  constructor(
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(PROVIDER_HTTP) private readonly http: ProviderHttp,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  needsToken(channel: string): boolean {
    return this.channels.get(channel).fetchToken !== undefined;
  }

  channelsWithToken(): readonly string[] {
    return this.channels
      .list()
      .filter((channel) => channel.fetchToken !== undefined)
      .map((channel) => channel.name);
  }

  async fetchToken(account: SendingAccount, timeoutMs: number): Promise<FetchedToken> {
    const channel = this.channels.get(account.channel);
    if (!channel.fetchToken) throw new InvariantError(`Calls of ${account.channel} need no token`);
    return channel.fetchToken(this.callOf(account, timeoutMs));
  }

  async check(account: SendingAccount, token: string, timeoutMs: number): Promise<readonly AccountFinding[]> {
    const channel = this.channels.get(account.channel);
    return (await channel.checkAccount?.({ ...this.callOf(account, timeoutMs), token })) ?? [];
  }

  async updateCard(
    account: SendingAccount,
    token: string,
    update: CardUpdate,
    timeoutMs: number,
  ): Promise<CardUpdateAnswer> {
    const { cards } = this.channels.get(account.channel);
    if (!cards) throw new InvariantError(`Messages of ${account.channel} cannot be changed`);
    return cards.update({ ...this.callOf(account, timeoutMs), token }, update);
  }

  /** What calls through the account have in common, for calls that have no method here. */
  callOf(account: SendingAccount, timeoutMs: number): Omit<ProviderCall, 'token'> {
    const signal = AbortSignal.timeout(timeoutMs);
    return providerCallFor(account, { http: this.http, now: this.clock.now(), signal });
  }
}
