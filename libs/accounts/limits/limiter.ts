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
    const { account, limits } = request;
    const answer: SlotAnswer = isLimited(request) ? await this.slots.take(request) : { over: [] };
    // Taking a slot of the account counts the call as well.
    if ('wait' in answer || holdsAccount(limits)) return answer;
    const people = request.people - answer.over.length;
    if (people === 0 && request.people > 0) return answer;
    this.tally.count(account, limits, people);
    return { ...answer, taken: answer.taken ?? { request, subjects: [], people } };
  }

  /** After a call that certainly never left. A slot that cannot be given back comes free with its window. */
  async giveBack(taken: TakenSlots): Promise<void> {
    const { people, request, subjects } = taken;
    if (!holdsAccount(request.limits)) this.tally.count(request.account, request.limits, people, -1);
    if (subjects.length === 0) return;
    await this.slots.giveBack(taken).catch((error: unknown) => {
      this.logger.warn(`A slot of ${taken.request.account} was not given back: ${String(error)}`);
    });
  }
}
