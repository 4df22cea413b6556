import { Inject, Injectable } from '@nestjs/common';
import { ConflictError, type JsonObject } from '#libs/core';
import {
  CancelStore,
  MessageReader,
  ReplayService,
  ResolveService,
  type MessageRow,
  type MessageView,
  type ResolveRequest,
  type Visibility,
} from '#libs/messages';
import { AuditLog, requireTemplate, type AuditRecord, type Identity } from '#libs/security';
import { AllowedAccounts } from './allowed-accounts.js';

export interface Actor {
  readonly identity: Identity;
  readonly requestId: string;
}

/** What can be done about a message under way. */
@Injectable()
export class MessageControl {
  constructor(
    @Inject(CancelStore) readonly cancels: CancelStore,
    @Inject(ReplayService) readonly replays: ReplayService,
    @Inject(ResolveService) readonly resolves: ResolveService,
  ) {}
}

/** Acts on one message on behalf of a key; every change is audited in its own transaction. */
@Injectable()
export class MessageActionsService {
  constructor(
    @Inject(MessageReader) private readonly messages: MessageReader,
    @Inject(MessageControl) private readonly control: MessageControl,
    @Inject(AllowedAccounts) private readonly accounts: AllowedAccounts,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /** @throws ConflictError `not_cancelable` when nothing of the message waits */
  async cancel(id: string, visibility: Visibility, actor: Actor): Promise<MessageView> {
    await this.messages.getRow(id, visibility);
    const own = actor.identity.preset === 'caller';
    const reason = own ? 'canceled_by_caller' : 'canceled_by_operator';
    await this.audit.change(
      async (sql) => {
        const canceled = await this.control.cancels.cancelWaiting([id], reason, sql);
        if (canceled.length > 0) return canceled;
        throw new ConflictError('not_cancelable', 'Nothing of the message is waiting any more');
      },
      (canceled) => lineOf('message.cancel', id, actor, { deliveries: canceled.map(({ no }) => no) }),
    );
    return this.messages.get(id, visibility);
  }

  /** @throws ConflictError `not_replayable`, `recalled` */
  async replay(id: string, includeUnknown: boolean, visibility: Visibility, actor: Actor): Promise<MessageView> {
    requireTemplateOf(await this.messages.getRow(id, visibility), actor);
    await this.accounts.require(id, actor.identity);
    const request = { messageId: id, includeUnknown, actor: actor.identity.keyName };
    await this.audit.change(
      (sql) => this.control.replays.replayIn(request, sql),
      (recipients) => lineOf('message.replay', id, actor, { recipients, includeUnknown }),
    );
    return this.messages.get(id, visibility);
  }

  /** @throws ConflictError `not_resolvable`, `recalled` */
  async resolve(request: Omit<ResolveRequest, 'actor'>, visibility: Visibility, actor: Actor): Promise<MessageView> {
    const row = await this.messages.getRow(request.messageId, visibility);
    const { as, deliveryNo, messageId, note } = request;
    if (as === 'resend') {
      requireTemplateOf(row, actor);
      await this.accounts.require(messageId, actor.identity, deliveryNo);
    }
    await this.audit.change(
      (sql) => this.control.resolves.resolveIn({ ...request, actor: actor.identity.keyName }, sql),
      () => lineOf('message.resolve', messageId, actor, { as, note }),
    );
    return this.messages.get(messageId, visibility);
  }
}

const lineOf = (action: string, id: string, actor: Actor, details: JsonObject): AuditRecord => ({
  ...actor,
  action,
  object: `message:${id}`,
  details,
});

/** Sending again is sending. @throws ForbiddenError `template_not_allowed` */
function requireTemplateOf({ template }: MessageRow, { identity }: Actor): void {
  if (template !== null) requireTemplate(identity, template);
}
