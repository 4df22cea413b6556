import { Inject, Injectable } from '@nestjs/common';
import { ChannelRegistry } from '#libs/channels';
import { CLOCK, ConflictError, newId, type Clock } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import { CancelStore } from '../control/cancel.store.js';
import { planRecallItem } from './plan-recall.js';
import type { Correction, Recall, RecallCandidate, RecallItemPlan, RecallSelector } from './recall.js';
import { RecallStore } from './recall.store.js';

export interface RecallRequest {
  readonly callerId: string;
  readonly keyName: string;
  readonly selector: RecallSelector;
  readonly note?: string;
  readonly correction?: Correction;
  /** Written in the transaction in which the recall comes to be, or is found. */
  readonly alongside?: (recallId: string, sql: Sql) => Promise<void>;
}

/** What a recall would do, in deliveries. */
export interface RecallPreview {
  readonly messages: number;
  /** Messages that the counts are about; fewer than `messages` when there are very many. */
  readonly examined: number;
  readonly counts: Readonly<Record<'canceled' | 'recallable' | 'failed' | 'uncertain', number>>;
  readonly reasons: Readonly<Record<string, number>>;
}

/** Plans what a recall does about each delivery. */
@Injectable()
export class RecallPlanner {
  constructor(
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  plan(candidates: readonly RecallCandidate[]): readonly RecallItemPlan[] {
    const now = this.clock.now();
    return candidates.flatMap((candidate) => planRecallItem(candidate, this.channels, now) ?? []);
  }
}

/** The kill switch: cancels what waits, stops what is being sent, takes back what was sent. */
@Injectable()
export class RecallService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RecallStore) private readonly store: RecallStore,
    @Inject(CancelStore) private readonly cancels: CancelStore,
    @Inject(RecallPlanner) private readonly planner: RecallPlanner,
  ) {}

  /**
   * Recalls one message; asked again, answers with the recall that is under way.
   * @throws ConflictError `recall_not_supported`, `recall_window_closed` … when that holds for every part and nothing
   * could be canceled; `nothing_to_recall` when nothing was sent
   */
  async recallMessage(messageId: string, request: Omit<RecallRequest, 'selector'>): Promise<Recall> {
    const id = newId();
    const recall = await this.database.transaction(async (sql) => {
      const earlier = (await this.store.lockMessages([messageId], sql)).get(messageId);
      await request.alongside?.(earlier ?? id, sql);
      if (earlier) return earlier;
      const messageIds = [messageId];
      const plans = await this.stopAndPlan(id, messageIds, sql);
      refuseIfHopeless(plans);
      await this.store.create({ ...request, id, selector: { messageIds } }, sql);
      return this.store.addItems(id, 1, plans, sql);
    });
    return typeof recall === 'string' ? this.store.get(recall) : recall;
  }

  /**
   * Adds messages to a recall that exists: those that have one already stay with it.
   * @param sql the transaction in which the recall is held
   */
  async include(recallId: string, messageIds: readonly string[], sql: Sql): Promise<Recall> {
    const locked = await this.store.lockMessages(messageIds, sql);
    const fresh = messageIds.filter((messageId) => locked.get(messageId) === null);
    const plans = await this.stopAndPlan(recallId, fresh, sql);
    return this.store.addItems(recallId, fresh.length, plans, sql);
  }

  /** Touches nothing. `total`: how many there are, when these are only the first of them. */
  async preview(messageIds: readonly string[], total: number = messageIds.length): Promise<RecallPreview> {
    const candidates = await this.store.listCandidates(messageIds);
    const isWaiting = ({ isMerged, status }: RecallCandidate): boolean =>
      (status === 'accepted' || status === 'scheduled') && !isMerged;
    const canceled = candidates.filter((candidate) => isWaiting(candidate) && !candidate.mayHaveArrived).length;
    const plans = this.planner.plan(
      candidates.map((candidate) =>
        isWaiting(candidate) && candidate.mayHaveArrived ? { ...candidate, status: 'unknown' } : candidate,
      ),
    );
    const count = (status: string): number => plans.filter((plan) => plan.status === status).length;
    const reasons: Record<string, number> = {};
    for (const { reason } of plans) if (reason) reasons[reason] = (reasons[reason] ?? 0) + 1;
    return {
      messages: total,
      examined: messageIds.length,
      counts: { canceled, recallable: count('waiting'), failed: count('failed'), uncertain: count('uncertain') },
      reasons,
    };
  }

  /** Marks the messages first, so that nothing of them is claimed any more, then cancels what waits. */
  private async stopAndPlan(
    recallId: string,
    messageIds: readonly string[],
    sql: Sql,
  ): Promise<readonly RecallItemPlan[]> {
    await this.store.markMessages(recallId, messageIds, sql);
    const canceled = await this.cancels.cancelWaiting(messageIds, 'canceled_by_recall', sql);
    const isCanceled = new Set(canceled.map(({ messageId, no }) => `${messageId}.${no}`));
    const candidates = await this.store.listCandidates(messageIds, sql);
    // Parts that somebody canceled before are no part of this recall.
    return this.planner.plan(
      candidates.filter(({ messageId, no, status }) => status !== 'canceled' || isCanceled.has(`${messageId}.${no}`)),
    );
  }
}

function refuseIfHopeless(plans: readonly RecallItemPlan[]): void {
  if (plans.length === 0) throw new ConflictError('nothing_to_recall', 'Nothing of the message was sent');
  // That it shares a message with others is nobody's mistake: the recall stands, and says so.
  if (plans.some(({ reason, status }) => status !== 'failed' || reason === 'merged')) return;
  const reason = plans[0]?.reason ?? 'recall_not_supported';
  throw new ConflictError(reason, REFUSALS[reason] ?? 'The message cannot be recalled');
}

const REFUSALS: Readonly<Record<string, string>> = {
  recall_not_supported: 'The channel cannot take messages back; send a correction instead',
  recall_window_closed: "The vendor's time for taking it back is over",
  recall_account_gone: 'Only the account that sent it could take it back, and it is gone',
  recall_no_provider_id: 'The vendor gave no id to take it back by',
};
