import { Inject, Injectable, Logger } from '@nestjs/common';
import { CallTally } from './call-tally.js';
import { holdsAccount, isLimited, type SlotAnswer, type SlotRequest, type TakenSlots } from './slot.js';
import { SlotStore } from './slot.store.js';

/** Decides who may call a vendor now. Accounts without limits pay nothing for it. */
@Injectable()
export class Limiter {
  private readonly logger = new Logger(Limiter.name);

  constructor(
    @Inject(SlotStore) private readonly slots: SlotStore,
    @Inject(CallTally) private readonly tally: CallTally,
  ) {}

  async take(request: SlotRequest): Promise<SlotAnswer> {
    const answer = isLimited(request) ? await this.slots.take(request) : { over: [] };
    const people = request.people - ('over' in answer ? answer.over.length : 0);
    // Taking a slot of the account has counted the call already.
    const mayLeave = !('wait' in answer) && (people > 0 || request.people === 0);
    if (mayLeave && !holdsAccount(request.limits)) this.tally.count(request.account, request.limits, people);
    return answer;
  }

  /** After a call that certainly never left. A slot that cannot be given back comes free with its window. */
  async giveBack(taken: TakenSlots): Promise<void> {
    await this.slots.giveBack(taken).catch((error: unknown) => {
      this.logger.warn(`A slot of ${taken.request.account} was not given back: ${String(error)}`);
    });
  }
}
