import { Inject, Injectable } from '@nestjs/common';
import { NotFoundError, ValidationError, canonicalJson, sha256, type JsonObject, type Language } from '#libs/core';
import {
  DryRunReader,
  KeyStore,
  MessageReader,
  SubmitMessageService,
  keyReused,
  viewOfAccepted,
  type DryRunView,
  type MessageView,
  type SubmitContext,
  type Visibility,
} from '#libs/messages';
import { seesAllCallers, type Identity } from '#libs/security';
import { ownOf } from './message-visibility.js';
import { MeteredSubmissions } from './metered-submissions.service.js';
import { SendRequestReader } from './send-request.reader.js';

/** What a send is answered with. */
export interface SendAnswer {
  readonly status: number;
  readonly message: MessageView & { readonly purged?: boolean };
  readonly replayed: boolean;
}

/** Key of the send route in the idempotency table. */
const ROUTE = 'POST /v1/messages';

/** Accepts one message on behalf of a key, and answers repetitions with what was answered before. */
@Injectable()
export class MessageSubmissionService {
  constructor(
    @Inject(SendRequestReader) private readonly reader: SendRequestReader,
    @Inject(MeteredSubmissions) private readonly submissions: MeteredSubmissions,
    @Inject(KeyStore) private readonly keys: KeyStore,
    @Inject(MessageReader) private readonly messages: MessageReader,
  ) {}

  async send(
    body: JsonObject,
    identity: Identity,
    idempotencyKey: string | undefined,
    language: Language,
  ): Promise<SendAnswer> {
    const reader = ownOf(identity, language);
    const idempotency = idempotencyKey === undefined ? undefined : this.keyOf(body, idempotencyKey);
    // Side by side: on a distant PostgreSQL each look costs its way.
    const [stored, { faults, request }] = await Promise.all([
      idempotency && this.keys.findIdempotency({ ...idempotency, callerId: identity.callerId }),
      this.reader.read(body, identity),
    ]);
    if (stored && !idempotency?.bodyHash.equals(stored.bodyHash)) throw keyReused();
    if (stored) return this.repeat(stored.resourceId, stored.httpStatus, reader, true);
    if (!request) throw new ValidationError(faults);
    const context = { ...contextOf(identity), faults, ...(idempotency && { idempotency }) };
    const submission = await this.submissions.submit(request, context, identity);
    switch (submission.outcome) {
      case 'accepted':
        return { status: 202, message: viewOfAccepted(submission.plan), replayed: false };
      case 'duplicate':
        return this.repeat(submission.messageId, 200, reader, false);
      case 'replayed':
        return this.repeat(submission.messageId, submission.httpStatus, reader, true);
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
