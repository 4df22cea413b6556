import { Inject, Injectable, Logger } from '@nestjs/common';
import { AccountGates, refusalText } from '#libs/accounts';
import { ChannelRegistry } from '#libs/channels';
import {
  AmbiguousDeliveryError,
  CredentialError,
  DeliveryError,
  HongyanError,
  InvariantError,
  NotFoundError,
  RateLimitedError,
  UnavailableError,
  ValidationError,
  type JsonObject,
} from '#libs/core';
import { redact } from '#libs/security';
import type { DispatchRun } from './dispatch-run.js';
import { errorView } from './error-view.js';
import { verdictForError } from './failure-verdict.js';
import type { OutcomeDraft } from './verdict.js';

/** What a failed run means for the delivery, and for the account it went through. */
@Injectable()
export class FailureEffects {
  private readonly logger = new Logger('Dispatch');

  constructor(
    @Inject(AccountGates) private readonly gates: AccountGates,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
  ) {}

  /** Closes the account's gate where the error asks for it; answers the verdict for the delivery. */
  async settle(error: unknown, run: DispatchRun): Promise<OutcomeDraft> {
    const { delivery } = run;
    if (!delivery) throw error;
    await this.closeGate(error, delivery.account, run.accountVersion).catch((fault: unknown) => {
      // The next call through the account meets the same answer; the outcome of this one must still be written.
      this.logger.error({ event: 'gate_not_closed', account: delivery.account, error: describe(fault) });
    });
    if (!isExpected(error)) this.logger.error({ event: 'dispatch_failed', ...idsOf(run), error: describe(error) });
    const isProtected = this.channels.find(delivery.channel)?.resendsAfterAmbiguity === 3;
    return { ...verdictForError(asJudged(error, run), delivery, isProtected), error: errorView(error) };
  }

  private async closeGate(error: unknown, account: string, version: number | undefined): Promise<void> {
    if (error instanceof RateLimitedError && error.scope === 'account') {
      await this.gates.blockUntil(account, error.retryAfterMs);
    }
    if (error instanceof CredentialError) {
      await this.gates.pauseForCredentials(account, error.reason, refusalText(error), version);
    }
  }
}

const idsOf = ({ deliveryNo, messageId }: DispatchRun): JsonObject => ({ messageId, deliveryNo });

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
