import { Inject, Injectable, Logger } from '@nestjs/common';
import { UnavailableError } from '#libs/core';
import type { Sql } from '#libs/database';
import { TemplateCatalogue, type CompiledTemplate } from '#libs/templates';
import { EventStore } from '../control/event.store.js';
import type { ClaimedDelivery } from '../delivery/claimed-delivery.js';
import type { DeliveryOutcome, OutcomeAnswer } from '../delivery/delivery-outcome.js';
import { OutcomeStore } from '../delivery/outcome.store.js';
import { firstLookSeconds } from './fallback-route.js';
import { FallbackStore, type DueFallback, type FallbackState } from './fallback.store.js';
import { causesOf, planFallback, type FallbackCause, type FallbackRow } from './plan-fallback.js';

type Rule = NonNullable<CompiledTemplate['fallback']>;
type Origin = Pick<DueFallback, 'messageId' | 'no'>;

/** Deliveries that one process looks at side by side. */
const AT_ONCE = 4;
/** How soon a delivery is looked at again whose call is under way, or whose receipt is still out. */
const UNDER_WAY_SECONDS = 5;
const RECEIPT_SECONDS = 60;

/**
 * Sends by the next route what the one before could not bring: at once when a delivery failed, in the transaction that
 * says so; by the sweep when nothing was sent in time, or nobody has read it.
 */
@Injectable()
export class FallbackService {
  private readonly logger = new Logger('Fallback');

  constructor(
    @Inject(FallbackStore) private readonly store: FallbackStore,
    @Inject(OutcomeStore) private readonly outcomes: OutcomeStore,
    @Inject(TemplateCatalogue) private readonly templates: TemplateCatalogue,
    @Inject(EventStore) private readonly events: EventStore,
  ) {}

  /** Writes how a delivery ended that somebody did not get, and moves on whom the template says. */
  async finish(outcome: DeliveryOutcome, { template, templateVersion }: ClaimedDelivery): Promise<OutcomeAnswer> {
    if (template === undefined || templateVersion === undefined) return this.outcomes.write(outcome);
    const compiled = await this.templates.getVersion(template, templateVersion);
    return this.outcomes.writeWith(outcome, (sql) => this.moveOn(sql, outcome.delivery, compiled));
  }

  /** Looks at deliveries whose time has come. Answers how many. */
  async sweep(limit: number): Promise<number> {
    const due = await this.store.listDue(limit);
    for (let from = 0; from < due.length; from += AT_ONCE) {
      await Promise.all(due.slice(from, from + AT_ONCE).map((item) => this.tryReview(item)));
    }
    return due.length;
  }

  /** One that cannot be looked at must not keep the others from it. */
  private async tryReview(item: DueFallback): Promise<void> {
    try {
      await this.review(item);
    } catch (error) {
      if (error instanceof UnavailableError) throw error;
      await this.store.transaction((sql) => this.store.lookAgain(sql, item, RECEIPT_SECONDS));
      const { messageId, no: deliveryNo } = item;
      this.logger.error({ event: 'fallback_failed', messageId, deliveryNo, error: String(error) });
    }
  }

  private async moveOn(sql: Sql, from: Origin, template: CompiledTemplate): Promise<void> {
    const state = await this.store.lock(sql, from.messageId, from.no);
    if (state && template.fallback) await this.moveFailed(sql, from, state, template, template.fallback);
  }

  private async review(item: DueFallback): Promise<void> {
    const template = await this.templates.getVersion(item.template, item.templateVersion);
    await this.store.transaction(async (sql) => {
      if (!(await this.store.takeDue(sql, item))) return;
      const state = await this.store.lock(sql, item.messageId, item.no);
      const rule = template.fallback;
      const isOver = !state?.isOpen || !rule;
      await this.store.lookAgain(sql, item, isOver ? undefined : nextLookSeconds(state, rule));
      if (isOver) return;
      const moved = await this.moveFailed(sql, item, state, template, rule);
      await this.copyLate(sql, item, { ...state, lastNo: state.lastNo + moved }, template, rule);
    });
  }

  /** Rows that ended without success go on. Answers how many deliveries that took. */
  private async moveFailed(
    sql: Sql,
    from: Origin,
    state: FallbackState,
    template: CompiledTemplate,
    rule: Rule,
  ): Promise<number> {
    if (!state.isOpen) return 0;
    const causeOf = (row: FallbackRow): FallbackCause | undefined =>
      causesOf(row).find((cause) => rule.on.includes(cause));
    const rows = state.rows.filter(causeOf);
    const [first] = rows;
    const cause = first && causeOf(first);
    return cause ? this.add(sql, from, { state, template, rows, cause, isMove: true }) : 0;
  }

  /** Rows that wait too long, or are not read, get a second one on the next route. */
  private async copyLate(
    sql: Sql,
    from: Origin,
    state: FallbackState,
    template: CompiledTemplate,
    rule: Rule,
  ): Promise<void> {
    // Rows wait until their delivery has ended, and are read afterwards: there are never both.
    const cause = (['timeout', 'unread'] as const).find(
      (candidate) => rule.on.includes(candidate) && lateRows(state, rule, candidate).length > 0,
    );
    if (cause) await this.add(sql, from, { state, template, rows: lateRows(state, rule, cause), cause, isMove: false });
  }

  private async add(sql: Sql, from: Origin, { cause, isMove, rows, state, template }: Addition): Promise<number> {
    const planned = planFallback(rows, template, state.later);
    if (planned.length === 0) return 0;
    const lookAfterSeconds = firstLookSeconds(template);
    const added = planned.map((delivery, index) => ({
      ...delivery,
      no: state.lastNo + 1 + index,
      resendBudget: template.onAmbiguous === 'hold' ? 0 : delivery.route.channel.resendsAfterAmbiguity,
      ...(lookAfterSeconds !== undefined && { lookAfterSeconds }),
    }));
    await this.store.add(sql, from, added, isMove ? 'moved' : { copiedAfter: state.lastRowNo });
    const count = added.reduce((sum, delivery) => sum + delivery.rows.length, 0);
    const channels = [...new Set(added.map(({ route }) => route.channel.name))].join(', ');
    const data = { deliveries: added.map(({ no }) => no), count, channels };
    const { messageId, no: deliveryNo } = from;
    await this.events.record({ messageId, deliveryNo, event: 'fallback', reason: cause, data }, sql);
    return added.length;
  }
}

interface Addition {
  readonly state: FallbackState;
  readonly template: CompiledTemplate;
  readonly rows: readonly FallbackRow[];
  readonly cause: FallbackCause;
  readonly isMove: boolean;
}

const isUnderWay = ({ status }: FallbackState): boolean => status === 'sending';

function lateRows(state: FallbackState, rule: Rule, cause: 'timeout' | 'unread'): readonly FallbackRow[] {
  if (cause === 'timeout') return isUnderWay(state) ? [] : state.rows.filter(({ status }) => status === 'pending');
  const isDue = (state.sentForMs ?? 0) >= rule.afterSeconds * 1_000;
  // Only a receipt says that something was delivered and not read; without one nobody knows.
  return isDue ? state.rows.filter(({ status }) => status === 'delivered') : [];
}

/** When a delivery is looked at again; undefined: what could still happen to it, its outcome tells. */
function nextLookSeconds(state: FallbackState, rule: Rule): number | undefined {
  if (isUnderWay(state)) return UNDER_WAY_SECONDS;
  if (!rule.on.includes('unread')) return undefined;
  if (state.sentForMs === undefined) return Math.max(rule.afterSeconds, UNDER_WAY_SECONDS);
  const leftSeconds = rule.afterSeconds - state.sentForMs / 1_000;
  if (leftSeconds > 0) return leftSeconds;
  return state.rows.some(({ status }) => status === 'sent' || status === 'pending') ? RECEIPT_SECONDS : undefined;
}
