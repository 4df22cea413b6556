import { Inject, Injectable } from '@nestjs/common';
import { CALL_DEADLINE_MS, type CardUpdate, type CardUpdateAnswer } from '#libs/channels';
import { CredentialError, RetryableDeliveryError, TokenRejectedError } from '#libs/core';
import { AccountReader } from './account-reader.js';
import { ProviderCalls } from './provider-calls.js';
import type { SendingAccount } from './sending-account.js';
import { TokenService, type AccessToken } from './token.service.js';

/** Changes cards through the account that sent them. */
@Injectable()
export class CardUpdater {
  constructor(
    @Inject(AccountReader) private readonly reader: AccountReader,
    @Inject(TokenService) private readonly tokens: TokenService,
    @Inject(ProviderCalls) private readonly calls: ProviderCalls,
  ) {}

  /**
   * One call, bounded to ten seconds; a token that the vendor ended early is renewed once, and the call repeated.
   * @throws NotFoundError when the account is gone
   * @throws ConfigError, and the delivery errors of `#libs/core`; only `AmbiguousDeliveryError` leaves it open whether the
   * vendor took the update
   */
  async update(code: string, update: CardUpdate): Promise<CardUpdateAnswer> {
    const account = await this.reader.get(code);
    const token = await this.tokenWithin((signal) => this.tokens.current(account, signal));
    try {
      return await this.call(account, token, update);
    } catch (error) {
      if (!(error instanceof TokenRejectedError)) throw error;
    }
    const renewed = await this.tokenWithin((signal) => this.tokens.renew(account, token.version, signal));
    return this.call(account, renewed, update).catch((error: unknown) => {
      if (!(error instanceof TokenRejectedError)) throw error;
      throw new CredentialError('token_rejected', 'The provider refuses even a fresh access token');
    });
  }

  private call(account: SendingAccount, token: AccessToken, update: CardUpdate): Promise<CardUpdateAnswer> {
    return this.calls.updateCard(account, token.value, update, CALL_DEADLINE_MS);
  }

  /** Waiting for a token that nobody fetches in time has sent nothing. */
  private async tokenWithin(obtain: (signal: AbortSignal) => Promise<AccessToken>): Promise<AccessToken> {
    const signal = AbortSignal.timeout(CALL_DEADLINE_MS);
    try {
      return await obtain(signal);
    } catch (cause) {
      if (!signal.aborted) throw cause;
      throw new RetryableDeliveryError('connect_failed', 'No access token was fetched in time', false, { cause });
    }
  }
}
