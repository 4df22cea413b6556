import { Inject, Injectable } from '@nestjs/common';
import { CALL_DEADLINE_MS, ChannelRegistry, type ChannelDefinition, type ProviderCall } from '#libs/channels';
import { CredentialError, TokenRejectedError } from '#libs/core';
import { AccountReader } from './account-reader.js';
import { ProviderCalls } from './provider-calls.js';
import { TokenService } from './token.service.js';

/** What a question to a vendor is put together from. */
export type ProviderQuestion<T> = (call: ProviderCall) => Promise<T>;

/** Questions to the vendor of an account that send no message: each bounded to ten seconds, with a token that is valid. */
@Injectable()
export class AccountCaller {
  constructor(
    @Inject(AccountReader) private readonly reader: AccountReader,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(TokenService) private readonly tokens: TokenService,
    @Inject(ProviderCalls) private readonly calls: ProviderCalls,
  ) {}

  /** @throws NotFoundError `unknown_account` */
  async channelOf(code: string): Promise<ChannelDefinition> {
    return this.channels.get((await this.reader.get(code)).channel);
  }

  /** The account's plain configuration, for pure functions of its channel. Never log it. */
  async configOf(code: string): Promise<object> {
    return (await this.reader.get(code)).config;
  }

  /**
   * Asks; a token that the vendor ended early is renewed once, and the question repeated.
   * @throws NotFoundError, ConfigError, and the delivery errors of `#libs/core`
   */
  async ask<T>(code: string, question: ProviderQuestion<T>): Promise<T> {
    const account = await this.reader.get(code);
    const put = (token: string): Promise<T> => question({ ...this.calls.callOf(account, CALL_DEADLINE_MS), token });
    const token = await this.tokens.current(account, AbortSignal.timeout(CALL_DEADLINE_MS));
    try {
      return await put(token.value);
    } catch (error) {
      if (!(error instanceof TokenRejectedError)) throw error;
    }
    const renewed = await this.tokens.renew(account, token.version, AbortSignal.timeout(CALL_DEADLINE_MS));
    return put(renewed.value).catch((error: unknown) => {
      if (!(error instanceof TokenRejectedError)) throw error;
      throw new CredentialError('token_rejected', 'The provider refuses even a fresh access token');
    });
  }
}
