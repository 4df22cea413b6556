import { Inject, Injectable } from '@nestjs/common';
import {
  KeyStore,
  SubmitMessageService,
  type MessagePlan,
  type Refusal,
  type SendRequest,
  type Submission,
  type SubmitContext,
} from '#libs/messages';
import { KeyLimitError, KeyUsage, type Identity } from '#libs/security';

type BatchOptions = Parameters<SubmitMessageService['submitBatch']>[1];

/** Submits on behalf of a key: how many recipients it may address is held against what it asks for. */
@Injectable()
export class MeteredSubmissions {
  constructor(
    @Inject(SubmitMessageService) private readonly submissions: SubmitMessageService,
    @Inject(KeyUsage) private readonly usage: KeyUsage,
    @Inject(KeyStore) private readonly keys: KeyStore,
  ) {}

  /** Repetitions use nothing up. @throws KeyLimitError, and as `SubmitMessageService.submit` */
  async submit(request: SendRequest, context: SubmitContext, identity: Identity): Promise<Submission> {
    const wanted = Math.max(1, request.recipients.length);
    const run = (): Promise<Submission> => this.submissions.submit(request, context);
    try {
      return await this.usage.addressing(identity, wanted, run, addressedBy);
    } catch (error) {
      if (!(error instanceof KeyLimitError)) throw error;
      const earlier = await this.submissions.findEarlier(context);
      if (earlier) return earlier;
      if (await this.isKnown(request, context)) return run();
      throw error;
    }
  }

  /** All of a batch or none of it finds room. @throws KeyLimitError, and as `SubmitMessageService.submitBatch` */
  submitBatch(
    plans: readonly MessagePlan[],
    options: BatchOptions,
    identity: Identity,
  ): Promise<readonly (Submission | Refusal)[] | 'replay'> {
    const wanted = plans.reduce((total, { recipientCount }) => total + recipientCount, 0);
    const run = () => this.submissions.submitBatch(plans, options);
    return this.usage.addressing(identity, wanted, run, (settled) =>
      settled === 'replay' ? 0 : settled.reduce((total, item) => total + addressedBy(item), 0),
    );
  }

  /** Names a message that was accepted before: to be answered with it, whatever is left. */
  private async isKnown({ businessKey }: SendRequest, { callerId }: SubmitContext): Promise<boolean> {
    return businessKey !== undefined && (await this.keys.findBusinessKey(callerId, businessKey)) !== undefined;
  }

  /** As `SubmitMessageService.findEarlier`. */
  findEarlier(context: SubmitContext): Promise<Submission | undefined> {
    return this.submissions.findEarlier(context);
  }

  /** Plans without storing. @throws ValidationError with every fault */
  plan(request: SendRequest, context: SubmitContext): Promise<MessagePlan> {
    return this.submissions.plan(request, context);
  }
}

const addressedBy = (item: Submission | Refusal): number =>
  item.outcome === 'accepted' ? item.plan.recipientCount : 0;
