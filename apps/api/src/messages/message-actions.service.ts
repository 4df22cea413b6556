import { Inject, Injectable } from '@nestjs/common';
import { ConflictError, type JsonObject } from '#libs/core';
import {
  CancelStore,
  MessageReader,
  ReplayService,
  ResolveService,
  SendNowStore,
  type MessageRow,
  type MessageView,
  type ReplayPreview,
  type ReplayRequest,
  type ResolveRequest,
  type Visibility,
} from '#libs/messages';
import { AuditLog, requireTemplate, type AuditRecord, type Identity } from '#libs/security';
import { AllowedAccounts } from './allowed-accounts.js';

export interface Actor {
  readonly identity: Identity;
  readonly requestId: string;
}

/** `account`: the one to send through instead. */
type ReplayWish = Omit<ReplayRequest, 'actor' | 'deliveryNo' | 'to'> & { readonly account?: string };

/** What can be done about a message under way. */
@Injectable()
export class MessageControl {
  constructor(
    @Inject(CancelStore) readonly cancels: CancelStore,
    @Inject(ReplayService) readonly replays: ReplayService,
    @Inject(ResolveService) readonly resolves: ResolveService,
    @Inject(SendNowStore) readonly hurries: SendNowStore,
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

  /** @throws ConflictError `not_replayable`, `recalled`; ValidationError `unknown_account`, `channel_mismatch` */
  async replay(wish: ReplayWish, visibility: Visibility, actor: Actor): Promise<MessageView> {
    const { account, ignore = [], includeUnknown, messageId: id } = wish;
    requireTemplateOf(await this.messages.getRow(id, visibility), actor);
    await this.accounts.require(id, actor.identity);
    const request = await this.requestOf(wish, actor);
    await this.audit.change(
      (sql) => this.control.replays.replayIn(request, sql),
      (recipients) =>
        lineOf('message.replay', id, actor, {
          recipients,
          includeUnknown,
          ignore: [...ignore],
          ...(account !== undefined && { account }),
        }),
    );
    return this.messages.get(id, visibility);
  }

  /** @throws ConflictError `not_replayable`, `recalled` */
  async previewReplay(wish: ReplayWish, visibility: Visibility, actor: Actor): Promise<ReplayPreview> {
    requireTemplateOf(await this.messages.getRow(wish.messageId, visibility), actor);
    return this.control.replays.preview(await this.requestOf(wish, actor));
  }

  private async requestOf({ account, ...wish }: ReplayWish, { identity }: Actor): Promise<ReplayRequest> {
    const to = account === undefined ? undefined : await this.accounts.target(account, identity);
    return { ...wish, actor: identity.keyName, ...(to && { to }) };
  }

  /** @throws ConflictError `nothing_to_hurry` when nothing of the message waits for a time */
  async sendNow(id: string, visibility: Visibility, actor: Actor): Promise<MessageView> {
    requireTemplateOf(await this.messages.getRow(id, visibility), actor);
    await this.audit.change(
      async (sql) => {
        const deliveries = await this.control.hurries.sendNowIn(id, actor.identity.keyName, sql);
        if (deliveries.length > 0) return deliveries;
        throw new ConflictError('nothing_to_hurry', 'Nothing of the message waits for a time');
      },
      (deliveries) => lineOf('message.send_now', id, actor, { deliveries: [...deliveries] }),
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
