import { Inject, Injectable } from '@nestjs/common';
import { ConflictError } from '#libs/core';
import { Batcher, isLockTimeout, type Sql } from '#libs/database';
import { DeliveryPublisher } from '../delivery-publisher.js';
import type { MessagePlan, SendRequest } from '../plan/message-plan.js';
import { MessagePlanner, type PlanContext } from '../plan/message-planner.js';
import { AcceptStore } from './accept.store.js';
import type { IdempotencyKey } from './key.store.js';
import { KeyedAcceptance } from './keyed-acceptance.js';
import type { Refusal, Submission, Submittal } from './submission.js';

/** On whose behalf a message is submitted. */
export interface SubmitContext extends PlanContext {
  readonly idempotency?: Omit<IdempotencyKey, 'callerId'>;
}

const MAX_BATCH = 500;
const MAX_WAITING = 5_000;

/** Accepts messages. A message is accepted when its rows are committed; enqueuing afterwards only saves time. */
@Injectable()
export class SubmitMessageService {
  private readonly plain: Batcher<Submittal, Submission>;
  private readonly keyed: Batcher<Submittal, Submission | Refusal>;
  /** Business keys take several statements: those who have none do not wait for them. */
  private readonly named: Batcher<Submittal, Submission | Refusal>;

  constructor(
    @Inject(AcceptStore) private readonly store: AcceptStore,
    @Inject(KeyedAcceptance) private readonly keyedAcceptance: KeyedAcceptance,
    @Inject(DeliveryPublisher) private readonly publisher: DeliveryPublisher,
    @Inject(MessagePlanner) private readonly planner: MessagePlanner,
  ) {
    const lane = { name: 'messages', maxBatch: MAX_BATCH, maxWaiting: MAX_WAITING } as const;
    this.plain = new Batcher({
      ...lane,
      keyOf: ({ plan }) => plan.id,
      run: async (submittals) => {
        await store.insert(submittals);
        return submittals.map(({ plan }): Submission => ({ outcome: 'accepted', plan }));
      },
    });
    const keyed = { ...lane, keyOf: lockKey, run: (items: readonly Submittal[]) => keyedAcceptance.accept(items) };
    this.keyed = new Batcher(keyed);
    this.named = new Batcher(keyed);
  }

  /**
   * Plans, stores and enqueues one message. Nothing is stored when it throws.
   * @throws ValidationError with every fault; `idempotency_key_reused`
   * @throws ConflictError `business_key_conflict`, `idempotency_in_progress`
   * @throws UnavailableError when PostgreSQL is away or too much is waiting for it
   */
  async submit(request: SendRequest, context: SubmitContext): Promise<Submission> {
    const plan = await this.plan(request, context);
    const published = this.publisher.mayPublish(plan);
    const idempotency = context.idempotency && { ...context.idempotency, callerId: context.callerId };
    const lane = request.businessKey !== undefined ? this.named : idempotency ? this.keyed : this.plain;
    const result = await lane
      .add({ plan, published, ...(idempotency && { idempotency }) })
      .catch((error: unknown) => Promise.reject(keyWaitOver(error)));
    if (result.outcome === 'refused') throw result.error;
    if (result.outcome === 'accepted' && published) this.publisher.publishAccepted([plan]);
    return result;
  }

  /** Plans without storing. @throws ValidationError with every fault */
  plan(request: SendRequest, context: PlanContext): Promise<MessagePlan> {
    return this.planner.plan(request, context);
  }

  /**
   * Stores many planned messages in one transaction and answers in their order. `replay`: the batch's idempotency key
   * was answered before.
   */
  async submitBatch(
    plans: readonly MessagePlan[],
    options: {
      readonly claim?: IdempotencyKey & { readonly resourceId: string };
      readonly describe: (settled: readonly (Submission | Refusal)[]) => unknown;
    },
  ): Promise<readonly (Submission | Refusal)[] | 'replay'> {
    const published = new Set(plans.filter((plan) => this.publisher.mayPublish(plan)));
    const settled = await this.keyedAcceptance
      .storeBatch(plans, { ...options, isPublished: (plan) => published.has(plan) })
      .catch((error: unknown) => Promise.reject(keyWaitOver(error)));
    if (settled !== 'replay') {
      const accepted = settled.flatMap((item) => (item.outcome === 'accepted' ? [item.plan] : []));
      this.publisher.publishAccepted(accepted.filter((plan) => published.has(plan)));
    }
    return settled;
  }

  /**
   * Stores planned messages in a transaction of the caller's.
   * @returns what enqueues them, for after the commit: without it the sweep does, a little later
   */
  async storeWithin(sql: Sql, plans: readonly MessagePlan[]): Promise<() => void> {
    const published = new Set(plans.filter((plan) => this.publisher.mayPublish(plan)));
    await this.store.insert(
      plans.map((plan) => ({ plan, published: published.has(plan) })),
      sql,
    );
    return () => this.publisher.publishAccepted([...published]);
  }

  /** Resolves when nothing is on its way into the database. */
  async drain(): Promise<void> {
    await Promise.all([this.plain.drain(), this.keyed.drain(), this.named.drain()]);
  }
}

const keyWaitOver = (error: unknown): unknown =>
  isLockTimeout(error)
    ? new ConflictError('idempotency_in_progress', 'A request with the same key is still being accepted')
    : error;

const lockKey = ({ idempotency, plan }: Submittal): string =>
  idempotency
    ? `i ${idempotency.callerId} ${idempotency.route} ${idempotency.key}`
    : `b ${plan.callerId} ${plan.request.businessKey ?? plan.id}`;
