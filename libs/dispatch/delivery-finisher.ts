import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Limiter } from '#libs/accounts';
import { CLOCK, UnavailableError, type Clock } from '#libs/core';
import {
  FallbackService,
  OutcomeStore,
  type ClaimSettlement,
  type DeliveryOutcome,
  type FinalRecipientStatus,
  type OutcomeAnswer,
} from '#libs/messages';
import type { DispatchRun } from './dispatch-run.js';
import type { OutcomeDraft } from './verdict.js';

/** States in which a recipient keeps its dedupe claim: it was, or may have been, reached. */
const REACHED: ReadonlySet<FinalRecipientStatus> = new Set(['sent', 'delivered', 'read', 'unknown']);

/** States in which a recipient may go on to the next route, also while the others of the delivery wait. */
const MISSED: ReadonlySet<FinalRecipientStatus> = new Set(['invalid', 'failed']);

/** How long the outcome of a call is kept in memory while PostgreSQL is away. */
const KEEP_TRYING_MS = 60_000;
const PAUSE_MS = 250;

/** Writes the end of a run: verdict, call, what was settled for single recipients, and the dedupe claims. */
@Injectable()
export class DeliveryFinisher {
  private readonly logger = new Logger(DeliveryFinisher.name);

  constructor(
    @Inject(OutcomeStore) private readonly outcomes: OutcomeStore,
    @Inject(FallbackService) private readonly fallbacks: FallbackService,
    @Inject(Limiter) private readonly limiter: Limiter,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Writes once; while PostgreSQL is away it tries again for a minute, since the outcome of a call must not be lost.
   * Slots of a call that never left are given back.
   * @throws whatever the last try said
   */
  async finish(run: DispatchRun, draft: OutcomeDraft): Promise<OutcomeAnswer> {
    const answer = await this.keepTrying(run, completeOutcome(run, draft));
    if (run.slots && neverLeft(run, draft)) await this.limiter.giveBack(run.slots);
    return answer;
  }

  private async keepTrying(run: DispatchRun, outcome: DeliveryOutcome): Promise<OutcomeAnswer> {
    const giveUpMs = this.clock.monotonicMs() + KEEP_TRYING_MS;
    for (;;) {
      try {
        return await this.write(outcome, run);
      } catch (error) {
        if (!(error instanceof UnavailableError) || this.clock.monotonicMs() > giveUpMs) {
          this.logger.error({ event: 'outcome_not_written', ...outcome.delivery, status: outcome.status });
          throw error;
        }
        await delay(PAUSE_MS);
      }
    }
  }

  private write(outcome: DeliveryOutcome, run: DispatchRun): Promise<OutcomeAnswer> {
    if (run.delivery && mayFallBack(outcome, run)) return this.fallbacks.finish(outcome, run.delivery);
    return this.outcomes.write(outcome);
  }
}

/** Somebody did not get it, and there is another route. */
const mayFallBack = ({ exceptions, status }: DeliveryOutcome, { delivery }: DispatchRun): boolean =>
  (delivery?.mayFallBack ?? false) &&
  (status === 'failed' || status === 'partial' || exceptions.some((row) => MISSED.has(row.status)));

/** Whether it is certain that the vendor saw nothing: no call, or one that ended before it had left. */
const neverLeft = ({ call }: DispatchRun, draft: OutcomeDraft): boolean =>
  call?.exchange?.['status'] === undefined && (!draft.call || draft.call.outcome === 'not_sent');

/** The whole outcome, from the verdict and what the run has gathered. */
export function completeOutcome(run: DispatchRun, draft: OutcomeDraft): DeliveryOutcome {
  const { delivery } = run;
  if (!delivery) throw new TypeError('Only a claimed delivery has an outcome');
  const { call, exceptions: own = [], ...rest } = draft;
  const exceptions = [...run.settled, ...own];
  const attempt = call && run.call && { ...run.call, ...call };
  return {
    ...rest,
    delivery: { messageId: delivery.messageId, no: delivery.no, fence: delivery.fence },
    exceptions,
    claims: settleClaims(run, draft, exceptions),
    ...(attempt
      ? // The decision stands once a call was made by it.
        { attempt, ...(run.repeatCheck !== undefined && { repeatCheck: run.repeatCheck }) }
      : { isRepeatedWait: draft.status === 'scheduled' && draft.reason === delivery.waitedFor }),
    ...(run.notes.length > 0 && { notes: run.notes }),
  };
}

/** Recipients that stay pending keep their claims open; ended ones keep or release them by how they ended. */
function settleClaims(
  { call, claims, messageId }: DispatchRun,
  { rest }: OutcomeDraft,
  exceptions: DeliveryOutcome['exceptions'],
): ClaimSettlement[] {
  const ended = new Map(exceptions.map(({ rowNo, status }) => [rowNo, status]));
  return claims.flatMap(({ isNote, key, rowNo, windowSeconds }): ClaimSettlement[] => {
    const status = ended.get(rowNo) ?? rest?.status;
    if (status === undefined) return [];
    const stays = REACHED.has(status) || (isNote && call !== undefined && status !== 'suppressed');
    return [stays ? { key, messageId, keepSeconds: windowSeconds } : { key, messageId }];
  });
}
