import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, ConflictError, NotFoundError, type Clock } from '#libs/core';
import type { Sql } from '#libs/database';
import {
  MessageReader,
  RangeRecallService,
  RecallService,
  RecallStore,
  type Recall,
  type RecallPreview,
  type RecallRequest,
  type RecallSelector,
} from '#libs/messages';
import { AuditLog, type Identity } from '#libs/security';
import { visibleTo } from '../messages/message-visibility.js';
import { isFreshPreview, previewToken } from './preview-token.js';
import type { NewRecallDto, RecallDto, RecallPreviewDto } from './recall.dto.js';
import { RecallRequestReader, type RecallTarget } from './recall-request.reader.js';
import { presentRecall } from './recall.presenter.js';

export interface RecallActor {
  readonly identity: Identity;
  readonly requestId: string;
}

/** The two ways to find the messages of a recall. */
@Injectable()
export class Recalls {
  constructor(
    @Inject(RecallService) readonly named: RecallService,
    @Inject(RangeRecallService) readonly ranges: RangeRecallService,
    @Inject(RecallStore) readonly store: RecallStore,
    @Inject(CLOCK) readonly clock: Clock,
  ) {}
}

/** Recalls on behalf of a key: what the key may not see is not there for it. */
@Injectable()
export class RecallSubmissionService {
  constructor(
    @Inject(Recalls) private readonly recalls: Recalls,
    @Inject(RecallRequestReader) private readonly reader: RecallRequestReader,
    @Inject(MessageReader) private readonly messages: MessageReader,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /** @throws ConflictError when every part is beyond recall and nothing could be canceled */
  async recallMessage(id: string, note: string | undefined, actor: RecallActor): Promise<RecallDto> {
    await this.messages.getRow(id, visibleTo(actor.identity));
    const alongside = this.recordOf({ messageIds: [id] }, actor);
    const recall = await this.recalls.named.recallMessage(id, { ...ownerOf(actor), ...noteOf(note), alongside });
    const { callerId } = visibleTo(actor.identity);
    const isForeign = callerId !== undefined && recall.callerId !== callerId;
    return presentRecall(isForeign ? await this.recalls.store.aboutMessage(recall, id) : recall);
  }

  /** @throws ConflictError `nothing_to_recall` when none of the messages exists */
  async recallMany(dto: NewRecallDto, actor: RecallActor): Promise<RecallDto> {
    const target = await this.reader.target(dto, actor.identity);
    const correction = await this.reader.correction(dto.correction, actor.identity);
    if (dto.dryRunToken !== undefined) await this.refuseIfStale(dto.dryRunToken, target, actor.identity);
    const { selector } = target;
    const alongside = this.recordOf(selector, actor);
    const request = { ...ownerOf(actor), ...noteOf(dto.note), selector, alongside, ...(correction && { correction }) };
    return presentRecall(await this.start(target, request, actor.identity));
  }

  async preview(dto: NewRecallDto, identity: Identity): Promise<RecallPreviewDto> {
    const target = await this.reader.target(dto, identity);
    await this.reader.correction(dto.correction, identity);
    const preview = await this.previewOf(target, identity);
    const token = previewToken(target, preview.messages, this.recalls.clock.now());
    if ('messageIds' in target) return { ...preview, token };
    return { ...preview, token, createdBefore: target.range.createdBefore.toISOString() };
  }

  /** @throws NotFoundError also for another caller's recall */
  async get(id: string, identity: Identity): Promise<RecallDto> {
    const recall = await this.recalls.store.find(id);
    const { callerId } = visibleTo(identity);
    if (!recall || (callerId !== undefined && recall.callerId !== callerId)) {
      throw new NotFoundError('There is no such recall');
    }
    return presentRecall(recall);
  }

  private previewOf(target: RecallTarget, identity: Identity): Promise<RecallPreview> {
    if ('messageIds' in target) return this.recalls.ranges.previewNamed(target.messageIds);
    return this.recalls.ranges.preview(target.range, visibleTo(identity).callerId);
  }

  /** What a person has confirmed is what happens: neither something else nor more of it. */
  private async refuseIfStale(token: string, target: RecallTarget, identity: Identity): Promise<void> {
    const messages =
      'messageIds' in target
        ? target.messageIds.length
        : await this.recalls.ranges.count(target.range, visibleTo(identity).callerId);
    if (isFreshPreview(token, target, messages, this.recalls.clock.now())) return;
    throw new ConflictError('preview_stale', 'The messages are no longer those of the preview; look at a new one');
  }

  private async start(target: RecallTarget, request: RecallRequest, identity: Identity): Promise<Recall> {
    const nothing = new ConflictError('nothing_to_recall', 'None of the messages exists');
    if ('messageIds' in target) {
      if (target.messageIds.length === 0) throw nothing;
      return this.recalls.ranges.startNamed(target.messageIds, request);
    }
    const { callerId } = visibleTo(identity);
    if ((await this.recalls.ranges.count(target.range, callerId)) === 0) throw nothing;
    return this.recalls.ranges.start(target.range, callerId, request);
  }

  private recordOf(selector: RecallSelector, actor: RecallActor): (id: string, sql: Sql) => Promise<void> {
    const details = { selector: { ...selector } as never };
    return (id, sql) => this.audit.record({ ...actor, action: 'message.recall', object: `recall:${id}`, details }, sql);
  }
}

const ownerOf = ({ identity }: RecallActor): { readonly callerId: string; readonly keyName: string } => ({
  callerId: identity.callerId,
  keyName: identity.keyName,
});

const noteOf = (note: string | undefined): { readonly note?: string } => (note === undefined ? {} : { note });
