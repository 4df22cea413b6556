import { Inject, Injectable } from '@nestjs/common';
import { Batcher, type Sql } from '#libs/database';
import { DeliveryPublisher } from '../delivery-publisher.js';
import type { MessagePlan, SendRequest } from '../plan/message-plan.js';
import { MessagePlanner, type PlanContext } from '../plan/message-planner.js';
import { AcceptStore } from './accept.store.js';
import type { IdempotencyKey } from './key.store.js';
import { KeyedAcceptance } from './keyed-acceptance.js';
import { KeyedLanes, keyWaitOver } from './keyed-lanes.js';
import type { Refusal, Submission, Submittal } from './submission.js';

/** On whose behalf a message is submitted. */
export interface SubmitContext extends PlanContext {
  readonly idempotency?: Omit<IdempotencyKey, 'callerId'>;
}

const MAX_BATCH = 500;
const MAX_WAITING = 5_000;
/** Shorter than a request waits for its answer: who is told to come again was not stored, unless its statement had begun. */
const MAX_WAIT_MS = 2_000;

/** Accepts messages. A message is accepted when its rows are committed; enqueuing afterwards only saves time. */
@Injectable()
export class SubmitMessageService {
  private readonly plain: Batcher<Submittal, Submission>;
  private readonly keyed: KeyedLanes;

  constructor(
    @Inject(AcceptStore) private readonly store: AcceptStore,
    @Inject(KeyedAcceptance) private readonly keyedAcceptance: KeyedAcceptance,
    @Inject(DeliveryPublisher) private readonly publisher: DeliveryPublisher,
    @Inject(MessagePlanner) private readonly planner: MessagePlanner,
  ) {
    const limits = { maxBatch: MAX_BATCH, maxWaiting: MAX_WAITING, maxWaitMs: MAX_WAIT_MS } as const;
    this.plain = new Batcher({
      ...limits,
      name: 'messages',
      keyOf: ({ plan }) => plan.id,
      run: async (submittals) => {
        await store.insert(submittals);
        return submittals.map(({ plan }): Submission => ({ outcome: 'accepted', plan }));
      },
    });
    this.keyed = new KeyedLanes(keyedAcceptance, limits);
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
    const idempotency = keyOf(context);
    const lane = idempotency || request.businessKey !== undefined ? this.keyed : this.plain;
    const result = await lane.add({ plan, published, ...(idempotency && { idempotency }) });
    if (result.outcome === 'refused') throw result.error;
    if (result.outcome === 'accepted' && published) this.publisher.publishAccepted([plan]);
    return result;
  }

  /**
   * What a request with this key was answered with before; undefined while the key is free.
   * @throws ValidationError `idempotency_key_reused`
   */
  async findEarlier(context: SubmitContext): Promise<Submission | undefined> {
    const idempotency = keyOf(context);
    const earlier = idempotency && (await this.keyed.find(idempotency));
    if (earlier?.outcome === 'refused') throw earlier.error;
    return earlier;
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
    await Promise.all([this.plain.drain(), this.keyed.drain()]);
  }
}

const keyOf = ({ callerId, idempotency }: SubmitContext): IdempotencyKey | undefined =>
  idempotency && { ...idempotency, callerId };
