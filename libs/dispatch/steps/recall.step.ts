import { Inject, Injectable } from '@nestjs/common';
import { TokenService, providerCallFor } from '#libs/accounts';
import { PROVIDER_HTTP, type Addressee, type ProviderHttp, type SentDelivery } from '#libs/channels';
import { CLOCK, InvariantError, TokenRejectedError, type Clock } from '#libs/core';
import type { Step, StepResult } from '../pipeline.js';
import type { RecallVerdict, RoutedRecall } from './recall-run.js';

/** Asks the vendor to take the message back, by every id that an attempt of it was given. */
@Injectable()
export class RecallStep implements Step<RoutedRecall, RecallVerdict, RecallVerdict> {
  readonly name = 'recall';

  constructor(
    @Inject(TokenService) private readonly tokens: TokenService,
    @Inject(PROVIDER_HTTP) private readonly http: ProviderHttp,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(routed: RoutedRecall, signal: AbortSignal): Promise<StepResult<RecallVerdict, RecallVerdict>> {
    const { item } = routed;
    const sent = { addressees: item.addressees.map(toAddressee), sentAt: item.sentAt ?? this.clock.now() };
    for (const providerMsgId of item.providerMsgIds) await this.recallOne(routed, { ...sent, providerMsgId }, signal);
    // An attempt that may have arrived left no id: what it brought may still be there.
    const uncertain = item.untraceable > 0;
    return {
      next: uncertain
        ? { status: 'uncertain', reason: 'recall_unconfirmed', counts: true }
        : { status: 'recalled', counts: true },
    };
  }

  private async recallOne(routed: RoutedRecall, sent: SentDelivery, signal: AbortSignal): Promise<void> {
    const token = await this.tokens.current(routed.account, signal);
    try {
      await this.call(routed, sent, token.value, signal);
    } catch (error) {
      if (!(error instanceof TokenRejectedError)) throw error;
      const renewed = await this.tokens.renew(routed.account, token.version, signal);
      await this.call(routed, sent, renewed.value, signal);
    }
  }

  private async call(
    { account, channel }: RoutedRecall,
    sent: SentDelivery,
    token: string,
    signal: AbortSignal,
  ): Promise<void> {
    if (!channel.handler.recall) throw new InvariantError(`${channel.name} says it can recall, and cannot`);
    const call = providerCallFor(account, { http: this.http, now: this.clock.now(), signal });
    await channel.handler.recall({ ...call, token }, sent);
  }
}

/** An attempt's record names persons by their id alone, others as `<type>:<id>`. */
function toAddressee(recorded: string): Addressee {
  const [, type, id] = /^(department|tag|all):(.*)$/.exec(recorded) ?? [];
  if (type === 'department' || type === 'tag' || type === 'all') return { type, id: id ?? '' };
  return { type: 'user', id: recorded };
}
