import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NotFoundError, ValidationError, canonicalJson, sha256, type JsonObject, type Language } from '#libs/core';
import {
  DryRunReader,
  MessageReader,
  SubmitMessageService,
  viewOfAccepted,
  type DryRunView,
  type MessageView,
  type SendRequest,
  type Submission,
  type SubmitContext,
  type Visibility,
} from '#libs/messages';
import { seesAllCallers, type Identity } from '#libs/security';
import { AnswerInTime } from '../http/index.js';
import { ownOf } from './message-visibility.js';
import { MeteredSubmissions } from './metered-submissions.service.js';
import { SendRequestReader } from './send-request.reader.js';

/** What a send is answered with. */
export interface SendAnswer {
  readonly status: number;
  readonly message: MessageView & { readonly purged?: boolean };
  readonly replayed: boolean;
}

/** How a send was called. */
export interface SendCall {
  readonly request: FastifyRequest;
  readonly idempotencyKey: string | undefined;
  readonly language: Language;
}

/** Key of the send route in the idempotency table. */
const ROUTE = 'POST /v1/messages';

/** Accepts one message on behalf of a key, and answers repetitions with what was answered before. */
@Injectable()
export class MessageSubmissionService {
  constructor(
    @Inject(SendRequestReader) private readonly reader: SendRequestReader,
    @Inject(MeteredSubmissions) private readonly submissions: MeteredSubmissions,
    @Inject(MessageReader) private readonly messages: MessageReader,
    @Inject(AnswerInTime) private readonly inTime: AnswerInTime,
  ) {}

  /** @throws UnavailableError soon, when PostgreSQL is silent */
  send(body: JsonObject, identity: Identity, call: SendCall): Promise<SendAnswer> {
    return this.inTime.of(call.request, this.accept(body, identity, call));
  }

  private async accept(
    body: JsonObject,
    identity: Identity,
    { idempotencyKey, language }: SendCall,
  ): Promise<SendAnswer> {
    const reader = ownOf(identity, language);
    const idempotency = idempotencyKey === undefined ? undefined : this.keyOf(body, idempotencyKey);
    const { faults, request } = await this.reader.read(body, identity);
    const context = { ...contextOf(identity), faults, ...(idempotency && { idempotency }) };
    const submission = await this.submit(request, context, identity);
    switch (submission.outcome) {
      case 'accepted':
        return { status: 202, message: viewOfAccepted(submission.plan), replayed: false };
      case 'duplicate':
        return this.repeat(submission.messageId, 200, reader, false);
      case 'replayed':
        return this.repeat(submission.messageId, submission.httpStatus, reader, true);
    }
  }

  /**
   * A repetition is answered as the first request was, whatever has become of its template meanwhile. Storing finds that
   * out by itself; only before a request is refused the key is looked up.
   */
  private async submit(
    request: SendRequest | undefined,
    context: SubmitContext,
    identity: Identity,
  ): Promise<Submission> {
    try {
      if (!request) throw new ValidationError(context.faults ?? []);
      return await this.submissions.submit(request, context, identity);
    } catch (error) {
      const earlier = error instanceof ValidationError && (await this.submissions.findEarlier(context));
      if (earlier) return earlier;
      throw error;
    }
  }

  private keyOf(body: JsonObject, key: string): NonNullable<SubmitContext['idempotency']> {
    return { route: ROUTE, key, bodyHash: sha256(canonicalJson(body)) };
  }

  /** The body is made anew from current rows; of a purged message only the id is left. */
  private async repeat(id: string, status: number, reader: Visibility, replayed: boolean): Promise<SendAnswer> {
    const message = await this.messages.get(id, reader).catch((error: unknown) => {
      if (error instanceof NotFoundError) return { id, purged: true } as unknown as MessageView;
      throw error;
    });
    return { status, replayed, message: { ...message, duplicate: status === 200 } };
  }
}

/** Computes what a send would do, storing nothing. */
@Injectable()
export class DryRunService {
  constructor(
    @Inject(SendRequestReader) private readonly reader: SendRequestReader,
    @Inject(SubmitMessageService) private readonly submissions: SubmitMessageService,
    @Inject(DryRunReader) private readonly dryRuns: DryRunReader,
  ) {}

  async run(body: JsonObject, identity: Identity): Promise<DryRunView> {
    const { faults, request } = await this.reader.read(body, identity);
    if (!request) throw new ValidationError(faults);
    return this.dryRuns.read(await this.submissions.plan(request, { ...contextOf(identity), faults }));
  }
}

export const contextOf = (identity: Identity): SubmitContext => ({
  callerId: identity.callerId,
  mayBroadcast: identity.scopes.has('messages:broadcast'),
  seesAllAssets: seesAllCallers(identity),
});
