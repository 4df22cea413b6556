import { Inject, Injectable } from '@nestjs/common';
import { TokenService, providerCallFor, type AccessToken } from '#libs/accounts';
import {
  CALL_DEADLINE_MS,
  PROVIDER_HTTP,
  accountSecrets,
  type OutboundDelivery,
  type ProviderHttp,
  type SendReceipt,
} from '#libs/channels';
import { CLOCK, CredentialError, TokenRejectedError, type Clock } from '#libs/core';
import { deliveryId } from '#libs/messages';
import type { Step, StepResult } from '../pipeline.js';
import { ProviderRecorder } from '../provider-recorder.js';
import { waitFor, type Verdict } from '../verdict.js';
import type { DeliveredDelivery, RoutedDelivery } from './prepared-delivery.js';

/** Hands the content to the channel, which makes one provider call. */
@Injectable()
export class DeliverStep implements Step<RoutedDelivery, DeliveredDelivery, Verdict> {
  readonly name = 'deliver';

  constructor(
    @Inject(TokenService) private readonly tokens: TokenService,
    @Inject(PROVIDER_HTTP) private readonly http: ProviderHttp,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(routed: RoutedDelivery, signal: AbortSignal): Promise<StepResult<DeliveredDelivery, Verdict>> {
    const outbound = outboundOf(routed);
    const token = await this.tokens.current(routed.account, signal);
    const sent = await this.call(routed, outbound, token, signal);
    if (sent === 'no_time') return { stop: handBack };
    if (sent !== 'token_rejected') return { next: { ...routed, receipt: sent } };

    // The vendor may end a token early. Nothing was sent: renew it once and repeat, at no attempt.
    const renewed = await this.tokens.renew(routed.account, token.version, signal);
    const repeated = await this.call(routed, outbound, renewed, signal);
    if (repeated === 'no_time') return { stop: handBack };
    if (repeated === 'token_rejected') throw stillRejected();
    return { next: { ...routed, receipt: repeated } };
  }

  private async call(
    { account, route, run }: RoutedDelivery,
    outbound: OutboundDelivery,
    token: AccessToken,
    signal: AbortSignal,
  ): Promise<SendReceipt | 'token_rejected' | 'no_time'> {
    // A call that could outlive the lease is not made: another process would repeat it.
    if (signal.aborted || !run.lease || run.lease.remainingMs() < CALL_DEADLINE_MS) return 'no_time';
    const secrets = [token.value, ...accountSecrets(route.channel.account, account.config)];
    const http = new ProviderRecorder(this.http, this.clock, secrets);
    const call = providerCallFor(account, { http, now: this.clock.now(), signal: run.lease.lost });
    const addressees = outbound.addressees.map(({ type, id }) => (type === 'user' ? id : `${type}:${id}`));
    run.call = { addressees };
    try {
      return await route.channel.handler.send({ ...call, token: token.value }, outbound);
    } catch (error) {
      if (error instanceof TokenRejectedError) return 'token_rejected';
      throw error;
    } finally {
      run.call = { addressees, ...(http.exchange && { exchange: http.exchange }) };
    }
  }
}

/** Due again at once; no call was made. */
const handBack = { ...waitFor('retry', 0), status: 'accepted' as const };

const stillRejected = (): CredentialError =>
  new CredentialError('token_rejected', 'The provider refuses even a fresh access token');

function outboundOf({ content, delivery, mentions, route, targets }: RoutedDelivery): OutboundDelivery {
  return {
    deliveryId: deliveryId(delivery),
    content,
    addressees: targets.flatMap(({ addressee }) => addressee ?? []),
    mentions,
    options: route.options,
  };
}
