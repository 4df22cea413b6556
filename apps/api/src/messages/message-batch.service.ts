import { Inject, Injectable } from '@nestjs/common';
import {
  HongyanError,
  InvariantError,
  ValidationError,
  canonicalJson,
  isJsonObject,
  newId,
  sha256,
  type JsonValue,
  type Language,
} from '#libs/core';
import {
  KeyStore,
  MessageReader,
  keyReused,
  viewOfAccepted,
  type MessagePlan,
  type MessageView,
  type Refusal,
  type Submission,
  type Visibility,
} from '#libs/messages';
import type { Identity } from '#libs/security';
import { problemOf, type Problem } from '../http/index.js';
import { contextOf } from './message-submission.service.js';
import { ownOf } from './message-visibility.js';
import { MeteredSubmissions } from './metered-submissions.service.js';
import { SendRequestReader } from './send-request.reader.js';

/** Most recipients of one batch. */
export const MAX_BATCH_RECIPIENTS = 100_000;

const ROUTE = 'POST /v1/messages/batch';

export class BatchTooLargeError extends HongyanError {
  constructor() {
    super('payload_too_large', `A batch has at most ${MAX_BATCH_RECIPIENTS} recipients`);
  }
}

export type BatchResult =
  | { readonly index: number; readonly status: number; readonly message: MessageView }
  | { readonly index: number; readonly status: number; readonly problem: Problem };

export interface BatchAnswer {
  readonly batchId: string;
  readonly results: readonly BatchResult[];
  readonly replayed: boolean;
}

export interface BatchRequest {
  readonly messages: readonly JsonValue[];
  readonly identity: Identity;
  readonly idempotencyKey?: string;
  readonly requestId: string;
  readonly language: Language;
}

type Prepared =
  { readonly index: number; readonly plan: MessagePlan } | { readonly index: number; readonly error: HongyanError };

/** Accepts many messages in one transaction: good items are stored also when others are refused. */
@Injectable()
export class MessageBatchService {
  constructor(
    @Inject(SendRequestReader) private readonly reader: SendRequestReader,
    @Inject(MeteredSubmissions) private readonly submissions: MeteredSubmissions,
    @Inject(KeyStore) private readonly keys: KeyStore,
    @Inject(MessageReader) private readonly messages: MessageReader,
  ) {}

  async submit(request: BatchRequest): Promise<BatchAnswer> {
    requireSize(request.messages);
    const claim = this.claimOf(request);
    const earlier = claim && (await this.replay(claim, request));
    if (earlier) return earlier;
    const batchId = claim?.resourceId ?? newId();
    const prepared = await this.prepareAll(request, batchId);
    const plans = prepared.flatMap((item) => ('plan' in item ? [item.plan] : []));
    const describe = (settled: readonly (Submission | Refusal)[]) => this.resultsOf(prepared, settled, request);
    const settled = await this.submissions.submitBatch(plans, { ...(claim && { claim }), describe }, request.identity);
    if (settled === 'replay') return this.replayOf(claim, request);
    return {
      batchId,
      results: await this.completed(describe(settled), ownOf(request.identity, request.language)),
      replayed: false,
    };
  }

  private claimOf({ idempotencyKey, identity, messages }: BatchRequest) {
    if (idempotencyKey === undefined) return undefined;
    const bodyHash = sha256(canonicalJson({ messages }));
    return { callerId: identity.callerId, route: ROUTE, key: idempotencyKey, bodyHash, resourceId: newId() };
  }

  private async replay(
    claim: NonNullable<ReturnType<MessageBatchService['claimOf']>>,
    { identity }: BatchRequest,
  ): Promise<BatchAnswer | undefined> {
    const stored = await this.keys.findIdempotency(claim);
    if (!stored) return undefined;
    if (!stored.bodyHash.equals(claim.bodyHash)) throw keyReused();
    const results = (stored.results ?? []) as readonly BatchResult[];
    return { batchId: stored.resourceId, results: await this.completed(results, identity), replayed: true };
  }

  /** Another request with the key has won in the meantime. */
  private async replayOf(
    claim: ReturnType<MessageBatchService['claimOf']>,
    request: BatchRequest,
  ): Promise<BatchAnswer> {
    const answer = claim && (await this.replay(claim, request));
    if (!answer) throw new InvariantError('An idempotency key is taken by nobody');
    return answer;
  }

  private async prepareAll({ identity, messages }: BatchRequest, batchId: string): Promise<readonly Prepared[]> {
    const prepared: Prepared[] = [];
    for (const [index, body] of messages.entries()) prepared.push(await this.prepare(body, index, identity, batchId));
    return prepared;
  }

  private async prepare(body: JsonValue, index: number, identity: Identity, batchId: string): Promise<Prepared> {
    try {
      const { faults, request } = await this.reader.read(body, identity, batchId);
      if (!request) throw new ValidationError(faults);
      return { index, plan: await this.submissions.plan(request, { ...contextOf(identity), faults }) };
    } catch (error) {
      if (error instanceof ValidationError) return { index, error };
      throw error;
    }
  }

  /** In the order of the request. */
  private resultsOf(
    prepared: readonly Prepared[],
    settled: readonly (Submission | Refusal)[],
    { language, requestId }: BatchRequest,
  ): readonly BatchResult[] {
    const outcomes = [...settled];
    return prepared.map((item): BatchResult => {
      const outcome = 'plan' in item ? outcomes.shift() : undefined;
      const { index } = item;
      if (outcome?.outcome === 'accepted') return { index, status: 202, message: viewOfAccepted(outcome.plan) };
      if (outcome?.outcome === 'duplicate' || outcome?.outcome === 'replayed') {
        return { index, status: 200, message: { id: outcome.messageId, duplicate: true } as MessageView };
      }
      const error = outcome?.outcome === 'refused' ? outcome.error : errorOf(item);
      const problem = problemOf(error, { requestId, language, instance: `/v1/messages/batch#${index}` });
      return { index, status: problem.status, problem };
    });
  }

  /** Duplicates are shown as they are now. */
  private async completed(results: readonly BatchResult[], reader: Visibility): Promise<readonly BatchResult[]> {
    return Promise.all(
      results.map(async (result) => {
        if (!('message' in result) || result.status !== 200) return result;
        const message = await this.messages.get(result.message.id, reader).catch(() => result.message);
        return { ...result, message: { ...message, duplicate: true } };
      }),
    );
  }
}

const errorOf = (item: Prepared): HongyanError =>
  'error' in item ? item.error : new InvariantError('A planned item of a batch has no outcome');

function requireSize(messages: readonly JsonValue[]): void {
  const recipients = messages.reduce<number>((total, body) => {
    const list = isJsonObject(body) ? body['recipients'] : undefined;
    return total + (Array.isArray(list) ? list.length : 0);
  }, 0);
  if (recipients > MAX_BATCH_RECIPIENTS) throw new BatchTooLargeError();
}
