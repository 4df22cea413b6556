import { Inject, Injectable } from '@nestjs/common';
import { TokenService, providerCallFor, slotFreshMs, type AccessToken } from '#libs/accounts';
import {
  CALL_DEADLINE_MS,
  PROVIDER_HTTP,
  accountSecrets,
  type Addressee,
  type OutboundDelivery,
  type ProviderHttp,
  type SendReceipt,
} from '#libs/channels';
import { CLOCK, CredentialError, DeliveryError, MediaRejectedError, TokenRejectedError, type Clock } from '#libs/core';
import { deliveryId } from '#libs/messages';
import { ContentMedia } from '../content-media.js';
import type { DispatchRun } from '../dispatch-run.js';
import type { Step, StepResult } from '../pipeline.js';
import { ProviderRecorder } from '../provider-recorder.js';
import { handBack, type Verdict } from '../verdict.js';
import type { DeliveredDelivery, EquippedDelivery } from './prepared-delivery.js';

/** What a call ends in that the next one may mend: nothing was sent. */
type Refusal = TokenRejectedError | MediaRejectedError;

/** What goes into a call. */
interface Equipment {
  readonly delivery: EquippedDelivery;
  readonly token: AccessToken;
}

/** Hands the content to the channel, which makes one provider call. */
@Injectable()
export class DeliverStep implements Step<EquippedDelivery, DeliveredDelivery, Verdict> {
  readonly name = 'deliver';

  constructor(
    @Inject(TokenService) private readonly tokens: TokenService,
    @Inject(ContentMedia) private readonly media: ContentMedia,
    @Inject(PROVIDER_HTTP) private readonly http: ProviderHttp,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(delivery: EquippedDelivery, signal: AbortSignal): Promise<StepResult<DeliveredDelivery, Verdict>> {
    let equipment: Equipment = { delivery, token: await this.tokens.current(delivery.account, signal) };
    const mended = new Set<string>();
    for (;;) {
      const sent = await this.call(equipment, signal);
      if (sent === 'no_time') return { stop: handBack };
      if (!(sent instanceof DeliveryError)) return { next: { ...equipment.delivery, receipt: sent } };
      // The vendor may end a token or forget a file early. Nothing was sent: mend it once and repeat, at no attempt.
      if (mended.has(sent.name)) throw sent instanceof TokenRejectedError ? stillRejected() : sent;
      mended.add(sent.name);
      const better = await this.mend(equipment, sent, signal);
      if (!better) return { stop: handBack };
      equipment = better;
    }
  }

  /** Undefined: there is no time left to upload. */
  private async mend(
    { delivery, token }: Equipment,
    refusal: Refusal,
    signal: AbortSignal,
  ): Promise<Equipment | undefined> {
    if (refusal instanceof TokenRejectedError) {
      return { delivery, token: await this.tokens.renew(delivery.account, token.version, signal) };
    }
    // Ids that the author wrote are the author's to renew.
    if (delivery.media.length === 0) throw refusal;
    const renewed = await this.media.equip(delivery, signal, delivery.media);
    return renewed && { delivery: renewed, token };
  }

  /** A call that could outlive the lease is not made: another process would repeat it. Nor is one that has outlived its slot. */
  private mayCall({ lease, slots, slotsAtMs }: DispatchRun, signal: AbortSignal): boolean {
    if (signal.aborted || !lease || lease.remainingMs() < CALL_DEADLINE_MS) return false;
    const isLimited = slots !== undefined && slots.subjects.length > 0;
    return !isLimited || this.clock.monotonicMs() - slotsAtMs <= slotFreshMs(slots.request.limits);
  }

  private async call({ delivery, token }: Equipment, signal: AbortSignal): Promise<SendReceipt | Refusal | 'no_time'> {
    const { account, route, run } = delivery;
    if (!run.lease || !this.mayCall(run, signal)) return 'no_time';
    const secrets = [token.value, ...accountSecrets(route.channel.account, account.config)];
    const http = new ProviderRecorder(this.http, this.clock, secrets);
    const call = providerCallFor(account, { http, now: this.clock.now(), signal: run.lease.lost });
    const outbound = outboundOf(delivery);
    const addressees = outbound.addressees.map(({ type, id }) => (type === 'user' ? id : `${type}:${id}`));
    run.call = { addressees };
    try {
      return await route.channel.handler.send({ ...call, token: token.value }, outbound);
    } catch (error) {
      if (error instanceof TokenRejectedError || error instanceof MediaRejectedError) return error;
      throw error;
    } finally {
      run.call = { addressees, ...(http.exchange && { exchange: http.exchange }) };
    }
  }
}

const stillRejected = (): CredentialError =>
  new CredentialError('token_rejected', 'The provider refuses even a fresh access token');

function outboundOf({ delivery, mentions, outgoing, route, run, targets }: EquippedDelivery): OutboundDelivery {
  return {
    deliveryId: deliveryId(delivery),
    content: outgoing,
    addressees: uniqueAddressees(targets),
    mentions,
    options: route.options,
    ...(run.repeatCheck !== undefined && { repeatCheckSeconds: run.repeatCheck }),
  };
}

/** A person may have been written in two ways; the vendor is given each id once. */
function uniqueAddressees(targets: EquippedDelivery['targets']): readonly Addressee[] {
  const all = targets.flatMap(({ addressee }) => addressee ?? []);
  return [...new Map(all.map((addressee) => [`${addressee.type} ${addressee.id}`, addressee])).values()];
}
