import { Inject, Injectable } from '@nestjs/common';
import { Limiter, appliedLimits, type AppliedLimit, type RecipientWait, type SlotRequest } from '#libs/accounts';
import { CLOCK, type Clock } from '#libs/core';
import { canonicalNativeId } from '#libs/directory';
import { SplitStore } from '#libs/messages';
import { contentHash } from '#libs/templates';
import type { Step, StepResult } from '../pipeline.js';
import { handBack, type OutcomeDraft, type Verdict } from '../verdict.js';
import type { EquippedDelivery, RoutedRecipient } from './prepared-delivery.js';

/** Remark of the timeline: nobody knows who the members of a department are. */
const NOT_CHECKED = { code: 'member_limits_not_checked' };

/**
 * Lets through whom the limits of account and recipients have room for; the others wait, and use no attempt. The last
 * step before the call, so that a slot and its call are not apart.
 */
@Injectable()
export class SlotsStep implements Step<EquippedDelivery, EquippedDelivery, Verdict> {
  readonly name = 'slots';

  constructor(
    @Inject(Limiter) private readonly limiter: Limiter,
    @Inject(SplitStore) private readonly splits: SplitStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(routed: EquippedDelivery): Promise<StepResult<EquippedDelivery, Verdict>> {
    const limits = appliedLimits(routed.route.channel, routed.account.limits);
    noteUnchecked(routed, limits);
    const answer = await this.limiter.take(requestOf(routed, limits));
    if ('wait' in answer) return { stop: inLine(answer.wait) };
    routed.run.slots = answer.taken;
    routed.run.slotsAtMs = this.clock.monotonicMs();
    return answer.over.length === 0 ? { next: routed } : this.withoutThose(routed, answer.over);
  }

  /** Who has to wait for too long is told so; the others wait in a delivery of their own, or all in this one. */
  private async withoutThose(
    routed: EquippedDelivery,
    over: readonly RecipientWait[],
  ): Promise<StepResult<EquippedDelivery, Verdict>> {
    const { delivery, run } = routed;
    // They may have it already: whoever is told apart now would lose what the earlier attempt says about them.
    if (delivery.unknowns > 0) return { stop: untilFirst(over) };
    const late = over.filter(({ dueAt }) => dueAt >= delivery.expireAt);
    const waiting = over.filter(({ dueAt }) => dueAt < delivery.expireAt);
    run.settled.push(
      ...late.map(({ rowNo }) => ({ rowNo, status: 'suppressed' as const, reason: 'would_be_dropped' })),
    );
    const left = without(routed, over);
    if (left.targets.length === 0) return { stop: waiting.length > 0 ? untilFirst(waiting) : dropped };
    if (waiting.length > 0 && !(await this.split(routed, waiting))) return { stop: handBack };
    return { next: left };
  }

  /**
   * False when the delivery is no longer ours to split: nothing has moved, and nothing may be sent. Whether it was taken
   * over or taken back, the write of its outcome finds out.
   */
  private async split({ delivery, run }: EquippedDelivery, waiting: readonly RecipientWait[]): Promise<boolean> {
    const { dueAt, reason } = soonest(waiting);
    const rowNos = waiting.map(({ rowNo }) => rowNo);
    const sibling = await this.splits.split({ delivery, rowNos, dueAt, reason });
    if (sibling === undefined) return false;
    // Who has moved keeps the claims: the sibling settles them.
    const moved = new Set(rowNos);
    run.claims.splice(0, run.claims.length, ...run.claims.filter(({ rowNo }) => !moved.has(rowNo)));
    return true;
  }
}

const inLine = ({ dueAt, reason }: { readonly dueAt: Date; readonly reason: string }): OutcomeDraft => ({
  status: 'scheduled',
  reason,
  dueAt,
  inLine: true,
});

const untilFirst = (waiting: readonly RecipientWait[]): OutcomeDraft => {
  const { dueAt, reason } = soonest(waiting);
  return { status: 'scheduled', reason, dueAt };
};

const dropped: OutcomeDraft = { status: 'suppressed', reason: 'would_be_dropped' };

const soonest = (waiting: readonly RecipientWait[]): RecipientWait =>
  waiting.reduce((first, wait) => (wait.dueAt < first.dueAt ? wait : first));

function without(routed: EquippedDelivery, over: readonly RecipientWait[]): EquippedDelivery {
  const gone = new Set(over.map(({ rowNo }) => rowNo));
  const stays = ({ recipient }: RoutedRecipient): boolean => !gone.has(recipient.rowNo);
  return {
    ...routed,
    targets: routed.targets.filter(stays),
    admitted: routed.admitted.filter(({ rowNo }) => !gone.has(rowNo)),
  };
}

function requestOf(routed: EquippedDelivery, limits: readonly AppliedLimit[]): SlotRequest {
  const { account, content, delivery, mentions, route, targets } = routed;
  const { messageId, no, priority } = delivery;
  const people = targets.filter(({ addressee }) => addressee !== undefined);
  return {
    account: account.code,
    messageId,
    no,
    priority,
    inLine: delivery.inLine,
    people: people.length,
    limits,
    recipients: people.flatMap(({ addressee, recipient: { rowNo } }) =>
      addressee?.type === 'user' ? [{ rowNo, person: canonicalNativeId(route.channel.family, addressee.id) }] : [],
    ),
    content: contentHash(content, mentions),
  };
}

function noteUnchecked({ run, targets }: EquippedDelivery, limits: readonly AppliedLimit[]): void {
  const isLimited = limits.some(({ scope }) => scope !== 'account');
  const hasGroups = targets.some(({ addressee }) => addressee !== undefined && addressee.type !== 'user');
  if (isLimited && hasGroups) run.notes.push(NOT_CHECKED);
}
