import { Inject, Injectable } from '@nestjs/common';
import { ConflictError, InvariantError, ValidationError, canonicalJson, sha256 } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import type { MessagePlan } from '../plan/message-plan.js';
import { AcceptStore } from './accept.store.js';
import {
  KeyStore,
  type BusinessKeyClaim,
  type IdempotencyClaim,
  type IdempotencyKey,
  type StoredIdempotency,
} from './key.store.js';
import type { Refusal, Submission, Submittal } from './submission.js';

type Settled = Submission | Refusal;

/** How long a request waits for another one with the same key to commit. */
export const KEY_WAIT_MS = 2_000;
/** Requests that share a transaction wait shortly: the one whose key is held is soon left alone with its wait. */
const SHARED_WAIT_MS = 250;

/** Stores messages that carry an idempotency key or a business key: keys and messages in one transaction. */
@Injectable()
export class KeyedAcceptance {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AcceptStore) private readonly store: AcceptStore,
    @Inject(KeyStore) private readonly keys: KeyStore,
  ) {}

  /** Answers in the order of the submittals. Equal idempotency keys must not share a call. */
  async accept(submittals: readonly Submittal[]): Promise<readonly Settled[]> {
    const waitMs = submittals.length > 1 ? SHARED_WAIT_MS : KEY_WAIT_MS;
    const claims = idempotencyClaims(submittals);
    const isSimple = claims.length === submittals.length && submittals.every(hasNoBusinessKey);
    if (isSimple) return this.acceptSimple(submittals, claims, waitMs);
    return this.transaction(waitMs, (sql) => this.acceptIdempotent(submittals, sql));
  }

  /** What a repetition of each request is answered with, in the order of the keys; undefined for a key that is free. */
  async findAnswers(
    keys: readonly IdempotencyKey[],
    sql: Sql = this.database,
  ): Promise<readonly (Settled | undefined)[]> {
    if (keys.length === 0) return [];
    const stored = await this.keys.findAllIdempotency(keys, sql);
    return keys.map((key, index) => stored[index] && answerOf(key, stored[index]));
  }

  /**
   * Stores a batch whose idempotency key covers the whole call.
   * `describe` turns the outcome into what a repetition of the call is answered with.
   */
  async storeBatch(
    plans: readonly MessagePlan[],
    options: {
      /** Whether the accepting process enqueues a message itself. */
      readonly isPublished: (plan: MessagePlan) => boolean;
      readonly claim?: IdempotencyKey & { readonly resourceId: string };
      readonly describe: (settled: readonly Settled[]) => unknown;
    },
  ): Promise<readonly Settled[] | 'replay'> {
    const { claim, isPublished, describe } = options;
    return this.transaction(KEY_WAIT_MS, async (sql) => {
      if (claim && (await this.keys.claimIdempotency([{ ...claim, httpStatus: 200 }], sql)).size === 0) return 'replay';
      const settled = await this.acceptUnique(
        plans.map((plan) => ({ plan, published: isPublished(plan) })),
        sql,
      );
      if (claim) await this.keys.storeResults(claim, describe(settled), sql);
      return settled;
    });
  }

  /** Nothing but idempotency keys decides: one statement, and a look at those that were taken. */
  private async acceptSimple(
    submittals: readonly Submittal[],
    claims: readonly IdempotencyClaim[],
    waitMs: number,
  ): Promise<readonly Settled[]> {
    const stored = await this.store.insertKeyed(submittals, claims, waitMs);
    const repeated = submittals.flatMap(({ idempotency, plan }) =>
      idempotency && !stored.has(plan.id) ? [idempotency] : [],
    );
    const answers = new Map((await this.findAnswers(repeated)).map((answer, index) => [repeated[index], answer]));
    return submittals.map(({ idempotency, plan }) =>
      stored.has(plan.id) ? { outcome: 'accepted', plan } : mustBeAnswered(answers.get(idempotency)),
    );
  }

  private transaction<T>(keyWaitMs: number, work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.database.transaction(work, { lockTimeoutMs: keyWaitMs });
  }

  private async acceptIdempotent(submittals: readonly Submittal[], sql: Sql): Promise<readonly Settled[]> {
    const claims = idempotencyClaims(submittals);
    const won = claims.length > 0 ? await this.keys.claimIdempotency(claims, sql) : new Set<string>();
    const fresh = submittals.filter(({ idempotency, plan }) => !idempotency || won.has(plan.id));
    const accepted = await this.acceptUnique(fresh, sql);
    const results = new Map(fresh.map(({ plan }, index) => [plan.id, accepted[index]]));
    const settled: Settled[] = [];
    for (const { plan, idempotency } of submittals) {
      const result = results.get(plan.id);
      settled.push(result ? await this.alignKey(result, idempotency, sql) : await this.replay(idempotency, sql));
    }
    return settled;
  }

  /** Stores the messages whose business key is free; the others answer with the message that holds it. */
  private async acceptUnique(submittals: readonly Submittal[], sql: Sql): Promise<readonly Settled[]> {
    const claims = submittals.flatMap(({ plan }) => businessClaim(plan) ?? []);
    const won = claims.length > 0 ? await this.keys.claimBusinessKeys(claims, sql) : new Set<string>();
    const free = submittals.filter(({ plan }) => plan.request.businessKey === undefined || won.has(plan.id));
    if (free.length > 0) await this.store.insert(free, sql);
    const stored = new Set(free.map(({ plan }) => plan.id));
    const settled: Settled[] = [];
    for (const { plan } of submittals) {
      settled.push(stored.has(plan.id) ? { outcome: 'accepted', plan } : await this.holderOf(plan, sql));
    }
    return settled;
  }

  private async holderOf(plan: MessagePlan, sql: Sql): Promise<Settled> {
    const key = plan.request.businessKey ?? '';
    const holder = await this.keys.findBusinessKey(plan.callerId, key, sql);
    if (!holder) throw new InvariantError('A business key is taken by nobody');
    if (holder.requestHash.equals(requestHash(plan))) return { outcome: 'duplicate', messageId: holder.messageId };
    const message = `The business key belongs to message ${holder.messageId}, which differs in template, recipients or params`;
    return {
      outcome: 'refused',
      error: new ConflictError('business_key_conflict', message, { meta: { messageId: holder.messageId } }),
    };
  }

  /** Brings the idempotency row in line with what became of the message: only success is replayed. */
  private async alignKey(result: Settled, key: IdempotencyKey | undefined, sql: Sql): Promise<Settled> {
    if (!key) return result;
    if (result.outcome === 'refused') await this.keys.dropIdempotency(key, sql);
    if (result.outcome === 'duplicate') await this.keys.redirectIdempotency(key, result.messageId, sql);
    return result;
  }

  private async replay(key: IdempotencyKey | undefined, sql: Sql): Promise<Settled> {
    const [answer] = key ? await this.findAnswers([key], sql) : [];
    return mustBeAnswered(answer);
  }
}

const mustBeAnswered = (answer: Settled | undefined): Settled => {
  if (!answer) throw new InvariantError('An idempotency key is taken by nobody');
  return answer;
};

function answerOf(key: IdempotencyKey, stored: StoredIdempotency): Settled {
  if (!stored.bodyHash.equals(key.bodyHash)) return { outcome: 'refused', error: keyReused() };
  return { outcome: 'replayed', messageId: stored.resourceId, httpStatus: stored.httpStatus };
}

const idempotencyClaims = (submittals: readonly Submittal[]): IdempotencyClaim[] =>
  submittals.flatMap(({ idempotency, plan }) =>
    idempotency ? [{ ...idempotency, resourceId: plan.id, httpStatus: 202 }] : [],
  );

const hasNoBusinessKey = ({ plan }: Submittal): boolean => plan.request.businessKey === undefined;

/** The same idempotency key came with another body. */
export const keyReused = (): ValidationError =>
  new ValidationError([
    { parameter: 'Idempotency-Key', code: 'idempotency_key_reused', message: 'was used with another body' },
  ]);

/** What makes two requests with one business key the same: template, recipients and params. */
export function requestHash(plan: MessagePlan): Buffer {
  const { template, recipients, inlineContent } = plan.request;
  return sha256(canonicalJson({ template: template.code, inlineContent, recipients, params: plan.params }));
}

function businessClaim(plan: MessagePlan): BusinessKeyClaim | undefined {
  const key = plan.request.businessKey;
  if (key === undefined) return undefined;
  return { callerId: plan.callerId, key, messageId: plan.id, requestHash: requestHash(plan) };
}
