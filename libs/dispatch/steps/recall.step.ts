import { Inject, Injectable } from '@nestjs/common';
import { TokenService, providerCallFor } from '#libs/accounts';
import { PROVIDER_HTTP, type Addressee, type ProviderHttp, type RecallAnswer, type SentDelivery } from '#libs/channels';
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
    const answers: RecallAnswer[] = [];
    for (const providerMsgId of item.providerMsgIds) {
      const answer = await this.recallOne(routed, { ...sent, providerMsgId }, signal);
      if (answer) answers.push(answer);
    }
    const kept = answers.flatMap((answer) => answer.kept.map(({ id, type }) => `${type} ${id}`));
    if (kept.length > 0) return { next: { status: 'failed', reason: 'already_delivered', counts: true, kept } };
    // An attempt that may have arrived left no id: what it brought may still be there.
    const uncertain = item.untraceable > 0;
    return {
      next: uncertain
        ? { status: 'uncertain', reason: 'recall_unconfirmed', counts: true }
        : { status: 'recalled', counts: true, ...(answers.length > 0 && { kept }) },
    };
  }

  private async recallOne(routed: RoutedRecall, sent: SentDelivery, signal: AbortSignal): Promise<RecallAnswer | void> {
    const token = await this.tokens.current(routed.account, signal);
    try {
      return await this.call(routed, sent, token.value, signal);
    } catch (error) {
      if (!(error instanceof TokenRejectedError)) throw error;
      const renewed = await this.tokens.renew(routed.account, token.version, signal);
      return this.call(routed, sent, renewed.value, signal);
    }
  }

  private async call(
    { account, channel }: RoutedRecall,
    sent: SentDelivery,
    token: string,
    signal: AbortSignal,
  ): Promise<RecallAnswer | void> {
    if (!channel.handler.recall) throw new InvariantError(`${channel.name} says it can recall, and cannot`);
    const call = providerCallFor(account, { http: this.http, now: this.clock.now(), signal });
    return channel.handler.recall({ ...call, token }, sent);
  }
}

/** An attempt's record names persons by their id alone, others as `<type>:<id>`. */
function toAddressee(recorded: string): Addressee {
  const [, type, id] = /^(department|tag|all):(.*)$/.exec(recorded) ?? [];
  if (type === 'department' || type === 'tag' || type === 'all') return { type, id: id ?? '' };
  return { type: 'user', id: recorded };
}
