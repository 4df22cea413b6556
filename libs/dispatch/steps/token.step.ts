import { Inject, Injectable } from '@nestjs/common';
import { TokenService } from '#libs/accounts';
import type { Step, StepResult } from '../pipeline.js';
import type { Verdict } from '../verdict.js';
import type { EquippedDelivery } from './prepared-delivery.js';

/** Sees that a token is at hand before a slot is taken: a fetch between the two would part the slot from its call. */
@Injectable()
export class TokenStep implements Step<EquippedDelivery, EquippedDelivery, Verdict> {
  readonly name = 'token';

  constructor(@Inject(TokenService) private readonly tokens: TokenService) {}

  async run(equipped: EquippedDelivery, signal: AbortSignal): Promise<StepResult<EquippedDelivery, Verdict>> {
    await this.tokens.current(equipped.account, signal);
    return { next: equipped };
  }
}
