import { Inject, Injectable, Logger } from '@nestjs/common';
import { AccountBreaker, AccountGates, refusalText } from '#libs/accounts';
import { ChannelRegistry, RESENDS_AFTER_AMBIGUITY } from '#libs/channels';
import {
  AmbiguousDeliveryError,
  CredentialError,
  DeliveryError,
  HongyanError,
  InvariantError,
  NotFoundError,
  RateLimitedError,
  RetryableDeliveryError,
  UnavailableError,
  ValidationError,
  type JsonObject,
} from '#libs/core';
import { redact } from '#libs/security';
import type { ClaimedDelivery } from '#libs/messages';
import type { DispatchRun } from './dispatch-run.js';
import { errorView } from './error-view.js';
import { verdictForError, type Circumstances } from './failure-verdict.js';
import { RefusalFeedback } from './refusal-feedback.js';
import type { OutcomeDraft } from './verdict.js';

/** Reasons that say of the vendor that it is away; a token or a file that is late for another reason does not. */
const NOT_REACHED: ReadonlySet<string> = new Set(['connect_failed', 'dns_failed', 'tls_failed', 'proxy_failed']);

/** Whether the error counts for the breaker of the account. */
export const isNotReached = (error: unknown): boolean =>
  error instanceof RetryableDeliveryError && NOT_REACHED.has(error.reason);

/** What the end of a run means for the account it went through, and of a failed one for the delivery. */
@Injectable()
export class FailureEffects {
  private readonly logger = new Logger('Dispatch');

  constructor(
    @Inject(AccountGates) private readonly gates: AccountGates,
    @Inject(AccountBreaker) private readonly breaker: AccountBreaker,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(RefusalFeedback) private readonly feedback: RefusalFeedback,
  ) {}

  /** Closes or opens the account's gates as the error asks for it; answers the verdict for the delivery. */
  async settle(error: unknown, run: DispatchRun): Promise<OutcomeDraft> {
    const { delivery } = run;
    if (!delivery) throw error;
    const gate = await this.attempt(delivery.account, () => this.moveGates(error, delivery.account, run));
    if (!isExpected(error)) this.logger.error({ event: 'dispatch_failed', ...idsOf(run), error: describe(error) });
    const resends = this.channels.find(delivery.channel)?.resendsAfterAmbiguity;
    const isProtected = resends === RESENDS_AFTER_AMBIGUITY.protected || (run.repeatCheck ?? 0) > 0;
    const circumstances = { isProtected, isProbe: run.isProbe, ...gate };
    const verdict = verdictForError(asJudged(error, run), asAddressed(delivery, run), circumstances);
    return verdict.status === 'sent' ? verdict : { ...verdict, error: errorView(error) };
  }

  /** The vendor has answered, whatever it said. */
  async noteAnswer({ delivery }: DispatchRun): Promise<void> {
    if (delivery) await this.attempt(delivery.account, () => this.breaker.noteAnswer(delivery.account));
  }

  /** Whom the vendor does not know is not written to again until somebody has looked. */
  async noteRefused(run: DispatchRun, verdict: OutcomeDraft): Promise<void> {
    const { delivery } = run;
    const family = delivery && this.channels.find(delivery.channel)?.family;
    if (!family || run.addressed.size === 0) return;
    const ends = (verdict.exceptions ?? []).map(({ reason, rowNo, status }) => ({
      status,
      reason,
      id: run.addressed.get(rowNo),
    }));
    await this.feedback.note(family, ends);
  }

  private async moveGates(error: unknown, account: string, run: DispatchRun): Promise<GateMove> {
    if (isNotReached(error)) {
      return { isBreakerOpen: await this.breaker.countFailure(account) };
    }
    if (run.call?.exchange?.['status'] !== undefined)
      await this.breaker.noteAnswer(account, error instanceof RateLimitedError);
    if (error instanceof RateLimitedError && error.scope === 'account') return this.block(account, error.retryAfterMs);
    if (error instanceof CredentialError) {
      await this.gates.pauseForCredentials(account, error.reason, refusalText(error), run.accountVersion);
    }
    return {};
  }

  private async block(account: string, retryAfterMs: number | undefined): Promise<GateMove> {
    if (retryAfterMs === undefined) return { blockedMs: await this.breaker.throttle(account) };
    await this.gates.blockUntil(account, retryAfterMs);
    return {};
  }

  /** The next call through the account meets the same answer; the outcome of this one must be written all the same. */
  private async attempt<T>(account: string, move: () => Promise<T>): Promise<T | undefined> {
    try {
      return await move();
    } catch (fault) {
      this.logger.error({ event: 'gate_not_moved', account, error: describe(fault) });
      return undefined;
    }
  }
}

/** What moving a gate has brought to light. */
type GateMove = Pick<Circumstances, 'isBreakerOpen' | 'blockedMs'>;

const idsOf = ({ deliveryNo, messageId }: DispatchRun): JsonObject => ({ messageId, deliveryNo });

/** The delivery with the ids that the vendor was given: it names those it refuses by them. */
const asAddressed = (delivery: ClaimedDelivery, { addressed }: DispatchRun): ClaimedDelivery => ({
  ...delivery,
  recipients: delivery.recipients.map((recipient) => {
    const id = addressed.get(recipient.rowNo);
    return id === undefined ? recipient : { ...recipient, addresseeType: 'native', addresseeId: id };
  }),
});

const isExpected = (error: unknown): boolean =>
  error instanceof DeliveryError ||
  error instanceof NotFoundError ||
  error instanceof ValidationError ||
  error instanceof UnavailableError;

const isOwnFault = (error: unknown): boolean => !(error instanceof HongyanError) || error instanceof InvariantError;

/** After a fault of our own once a request has gone out, nobody knows whether the vendor obeyed it. */
function asJudged(error: unknown, { call }: DispatchRun): unknown {
  if (!isOwnFault(error) || !call?.exchange) return error;
  return new AmbiguousDeliveryError('garbled_answer', 'The answer was not understood', { cause: error });
}

const describe = (error: unknown): string =>
  redact(error instanceof Error ? (error.stack ?? error.message) : String(error));
