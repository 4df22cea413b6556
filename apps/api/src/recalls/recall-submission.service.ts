import { Inject, Injectable } from '@nestjs/common';
import { ConflictError, NotFoundError, ValidationError } from '#libs/core';
import {
  MessageReader,
  RecallService,
  RecallStore,
  type Recall,
  type RecallPreview,
  type RecallSelector,
} from '#libs/messages';
import { AuditLog, type Identity } from '#libs/security';
import { visibleTo } from '../messages/message-visibility.js';
import type { NewRecallDto, RecallDto } from './recall.dto.js';
import { presentRecall } from './recall.presenter.js';

export interface RecallActor {
  readonly identity: Identity;
  readonly requestId: string;
}

/** Recalls on behalf of a key: what the key may not see is not there for it. */
@Injectable()
export class RecallSubmissionService {
  constructor(
    @Inject(RecallService) private readonly recalls: RecallService,
    @Inject(RecallStore) private readonly store: RecallStore,
    @Inject(MessageReader) private readonly messages: MessageReader,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /** @throws ConflictError when every part is beyond recall and nothing could be canceled */
  async recallMessage(id: string, note: string | undefined, actor: RecallActor): Promise<RecallDto> {
    await this.messages.getRow(id, visibleTo(actor.identity));
    const recall = await this.recalls.recallMessage(id, { ...ownerOf(actor), ...noteOf(note) });
    await this.record(recall.id, { messageIds: [id] }, actor);
    const { callerId } = visibleTo(actor.identity);
    const isForeign = callerId !== undefined && recall.callerId !== callerId;
    return presentRecall(isForeign ? onlyAbout(id, recall) : recall);
  }

  async recallMany(dto: NewRecallDto, actor: RecallActor): Promise<RecallDto> {
    const { messageIds, selector } = await this.select(dto, actor.identity);
    if (messageIds.length === 0) throw new ConflictError('nothing_to_recall', 'None of the messages exists');
    const recall = await this.recalls.recallMany({ ...ownerOf(actor), ...noteOf(dto.note), selector, messageIds });
    await this.record(recall.id, selector, actor);
    return presentRecall(recall);
  }

  async preview(dto: NewRecallDto, identity: Identity): Promise<RecallPreview> {
    return this.recalls.preview((await this.select(dto, identity)).messageIds);
  }

  /** @throws NotFoundError also for another caller's recall */
  async get(id: string, identity: Identity): Promise<RecallDto> {
    const recall = await this.store.find(id);
    const { callerId } = visibleTo(identity);
    if (!recall || (callerId !== undefined && recall.callerId !== callerId)) {
      throw new NotFoundError('There is no such recall');
    }
    return presentRecall(recall);
  }

  private async select(
    { messageIds, providerMsgIds }: NewRecallDto,
    identity: Identity,
  ): Promise<{ readonly selector: RecallSelector; readonly messageIds: readonly string[] }> {
    if (!messageIds === !providerMsgIds) {
      const message = 'exactly one of messageIds and providerMsgIds says what to recall';
      throw new ValidationError([{ pointer: '/messageIds', code: 'invalid_selector', message }]);
    }
    if (messageIds) {
      const ids = [...new Set(messageIds.map((id) => id.toLowerCase()))];
      return { selector: { messageIds: ids }, messageIds: await this.messages.findVisible(ids, visibleTo(identity)) };
    }
    const references = providerMsgIds ?? [];
    const found = await this.messages.findByProviderIds(references, visibleTo(identity));
    return { selector: { providerMsgIds: references }, messageIds: found };
  }

  private record(id: string, selector: RecallSelector, actor: RecallActor): Promise<void> {
    return this.audit.record({
      ...actor,
      action: 'message.recall',
      object: `recall:${id}`,
      details: { selector: { ...selector } as never },
    });
  }
}

const ownerOf = ({ identity }: RecallActor): { readonly callerId: string; readonly keyName: string } => ({
  callerId: identity.callerId,
  keyName: identity.keyName,
});

const noteOf = (note: string | undefined): { readonly note?: string } => (note === undefined ? {} : { note });

/** Somebody else's recall of many messages, as far as it is the business of one message's owner. */
const onlyAbout = (messageId: string, { note: _note, ...recall }: Recall): Recall => ({
  ...recall,
  selector: { messageIds: [messageId] },
});
