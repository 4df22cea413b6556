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
import { AuditLog, requireTemplate, type Identity } from '#libs/security';

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

/** Acts on one message on behalf of a key; every change is audited. */
@Injectable()
export class MessageActionsService {
  constructor(
    @Inject(MessageReader) private readonly messages: MessageReader,
    @Inject(MessageControl) private readonly control: MessageControl,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /** @throws ConflictError `not_cancelable` when nothing of the message waits */
  async cancel(id: string, visibility: Visibility, actor: Actor): Promise<MessageView> {
    await this.messages.getRow(id, visibility);
    const own = actor.identity.preset === 'caller';
    const reason = own ? 'canceled_by_caller' : 'canceled_by_operator';
    const canceled = await this.control.cancels.cancelWaiting([id], reason);
    if (canceled.length === 0) throw new ConflictError('not_cancelable', 'Nothing of the message is waiting any more');
    await this.record('message.cancel', id, actor, { deliveries: canceled.map(({ no }) => no) });
    return this.messages.get(id, visibility);
  }

  /** @throws ConflictError `not_replayable`, `recalled` */
  async replay(id: string, includeUnknown: boolean, visibility: Visibility, actor: Actor): Promise<MessageView> {
    requireTemplateOf(await this.messages.getRow(id, visibility), actor);
    const request = { messageId: id, includeUnknown, actor: actor.identity.keyName };
    const recipients = await this.control.replays.replay(request);
    await this.record('message.replay', id, actor, { recipients, includeUnknown });
    return this.messages.get(id, visibility);
  }

  /** @throws ConflictError `not_resolvable`, `recalled` */
  async resolve(request: Omit<ResolveRequest, 'actor'>, visibility: Visibility, actor: Actor): Promise<MessageView> {
    const row = await this.messages.getRow(request.messageId, visibility);
    if (request.as === 'resend') requireTemplateOf(row, actor);
    await this.control.resolves.resolve({ ...request, actor: actor.identity.keyName });
    await this.record('message.resolve', request.messageId, actor, { as: request.as, note: request.note });
    return this.messages.get(request.messageId, visibility);
  }

  private record(action: string, id: string, actor: Actor, details: JsonObject): Promise<void> {
    return this.audit.record({ ...actor, action, object: `message:${id}`, details });
  }
}

/** Sending again is sending. @throws ForbiddenError `template_not_allowed` */
function requireTemplateOf({ template }: MessageRow, { identity }: Actor): void {
  if (template !== null) requireTemplate(identity, template);
}
