import { ConflictError } from '#libs/core';
import { Batcher, isLockTimeout, type BatcherOptions } from '#libs/database';
import type { IdempotencyKey } from './key.store.js';
import { KEY_WAIT_MS, type KeyedAcceptance } from './keyed-acceptance.js';
import type { Refusal, Submission, Submittal } from './submission.js';

type Settled = Submission | Refusal;

interface Question {
  readonly no: number;
  readonly key: IdempotencyKey;
}

/**
 * The ways of messages with keys into the database: one statement for all that are at hand. A request whose key another
 * one of this process holds waits for that one beside the lane, and is answered by a look at the table.
 */
export class KeyedLanes {
  private readonly keyed: Batcher<Submittal, Settled>;
  /** Business keys take several statements: those who have none do not wait for them. */
  private readonly named: Batcher<Submittal, Settled>;
  private readonly looks: Batcher<Question, Settled | undefined>;
  /** By key; they never reject. */
  private readonly underWay = new Map<string, Promise<void>>();
  private asked = 0;

  constructor(
    acceptance: KeyedAcceptance,
    limits: Pick<BatcherOptions<Submittal, Settled>, 'maxBatch' | 'maxWaiting' | 'maxWaitMs'>,
  ) {
    const lane = { ...limits, name: 'messages', keyOf: lockKey };
    const run = (items: readonly Submittal[]): Promise<readonly Settled[]> => acceptance.accept(items);
    this.keyed = new Batcher({ ...lane, run });
    this.named = new Batcher({ ...lane, run });
    this.looks = new Batcher({
      ...limits,
      name: 'looks at keys',
      keyOf: ({ no }) => String(no),
      run: (questions) => acceptance.findAnswers(questions.map(({ key }) => key)),
    });
  }

  /**
   * @throws ConflictError `idempotency_in_progress`
   * @throws UnavailableError
   */
  async add(submittal: Submittal): Promise<Settled> {
    const { idempotency } = submittal;
    const before = idempotency && this.underWay.get(lockKey(submittal));
    if (idempotency && before) {
      await endsSoon(before);
      const answer = await this.find(idempotency);
      if (answer) return answer;
    }
    return this.store(submittal);
  }

  /** What a repetition of the request is answered with; undefined while the key is free. */
  find(key: IdempotencyKey): Promise<Settled | undefined> {
    this.asked += 1;
    return this.looks.add({ no: this.asked, key });
  }

  async drain(): Promise<void> {
    await Promise.all([this.keyed.drain(), this.named.drain(), this.looks.drain()]);
  }

  private store(submittal: Submittal): Promise<Settled> {
    const lane = submittal.plan.request.businessKey === undefined ? this.keyed : this.named;
    const work = lane.add(submittal).catch((error: unknown) => Promise.reject(keyWaitOver(error)));
    if (submittal.idempotency) this.hold(lockKey(submittal), work);
    return work;
  }

  private hold(name: string, work: Promise<Settled>): void {
    const ended: Promise<void> = work.then(
      () => this.letGo(name, ended),
      () => this.letGo(name, ended),
    );
    this.underWay.set(name, ended);
  }

  private letGo(name: string, ended: Promise<void>): void {
    if (this.underWay.get(name) === ended) this.underWay.delete(name);
  }
}

/** @throws ConflictError when it takes longer than a request waits for a key */
async function endsSoon(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(inProgress()), KEY_WAIT_MS);
  });
  await Promise.race([work, over]).finally(() => clearTimeout(timer));
}

const inProgress = (): ConflictError =>
  new ConflictError('idempotency_in_progress', 'A request with the same key is still being accepted');

export const keyWaitOver = (error: unknown): unknown => (isLockTimeout(error) ? inProgress() : error);

const lockKey = ({ idempotency, plan }: Submittal): string =>
  idempotency
    ? `i ${idempotency.callerId} ${idempotency.route} ${idempotency.key}`
    : `b ${plan.callerId} ${plan.request.businessKey ?? plan.id}`;
