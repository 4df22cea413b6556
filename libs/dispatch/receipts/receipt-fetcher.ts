import { Inject, Injectable } from '@nestjs/common';
import { TokenService, providerCallFor } from '#libs/accounts';
import {
  PROVIDER_HTTP,
  type Addressee,
  type ChannelDefinition,
  type FetchedReceipts,
  type ProviderHttp,
} from '#libs/channels';
import { CLOCK, InvariantError, TokenRejectedError, type Clock } from '#libs/core';
import type { ClaimedPoll, PolledRecipient } from '#libs/messages';
import { SendingGates } from '../sending-gates.js';
import { vendorTypeOf } from './receipt-verdict.js';

/** Asks a vendor what became of a delivery, through the account that sent it. */
@Injectable()
export class ReceiptFetcher {
  constructor(
    @Inject(SendingGates) private readonly gates: SendingGates,
    @Inject(TokenService) private readonly tokens: TokenService,
    @Inject(PROVIDER_HTTP) private readonly http: ProviderHttp,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws the errors of channels and tokens; NotFoundError when the account is gone, RateLimitedError behind its breaker */
  async fetch(
    channel: ChannelDefinition,
    poll: ClaimedPoll,
    sent: NonNullable<ClaimedPoll['sent']>,
    signal: AbortSignal,
  ): Promise<FetchedReceipts> {
    const account = await this.gates.passQuestion(poll.account);
    const query = { ...sent, addressees: poll.recipients.flatMap(addresseeOf) };
    const ask = (token: string): Promise<FetchedReceipts> => {
      const call = providerCallFor(account, { http: this.http, now: this.clock.now(), signal });
      const { handler, name } = channel;
      if (!handler.fetchReceipts) throw new InvariantError(`${name} says it tells receipts, and does not`);
      return handler.fetchReceipts({ ...call, token }, query);
    };
    const token = await this.tokens.current(account, signal);
    const fetched = await ask(token.value).catch(async (error: unknown) => {
      if (!(error instanceof TokenRejectedError)) throw error;
      return ask((await this.tokens.renew(account, token.version, signal)).value);
    });
    await this.gates.noteAnswer(account.code);
    return fetched;
  }
}

/** A chat group has no address; a person whom no directory resolved was not sent to. */
function addresseeOf(recipient: PolledRecipient): Addressee[] {
  const type = vendorTypeOf(recipient);
  const isAddress = type === 'user' || type === 'department' || type === 'tag' || type === 'all';
  return isAddress ? [{ type, id: recipient.id }] : [];
}
