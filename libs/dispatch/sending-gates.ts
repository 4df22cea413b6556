import { Inject, Injectable } from '@nestjs/common';
import { AccountBreaker, AccountReader, type SendingAccount } from '#libs/accounts';
import { CLOCK, RateLimitedError, type Clock } from '#libs/core';
import type { DispatchRun } from './dispatch-run.js';
import { waitFor, type OutcomeDraft } from './verdict.js';

/** What may hold a delivery back although it is due: its channel's queue, its account, the account's vendor. */
@Injectable()
export class SendingGates {
  constructor(
    @Inject(AccountReader) private readonly accounts: AccountReader,
    @Inject(AccountBreaker) private readonly breaker: AccountBreaker,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The account to send through, or what the delivery has to wait for. */
  async pass(
    run: DispatchRun,
    accountCode: string,
  ): Promise<{ readonly account: SendingAccount } | { readonly wait: OutcomeDraft }> {
    const account = await this.accounts.get(accountCode);
    run.accountVersion = account.version;
    const wait = this.closed(account) ?? (await this.behindBreaker(run, account));
    return wait ? { wait } : { account };
  }

  /**
   * The account to ask through about what was sent, for as long as its vendor can be reached.
   * @throws RateLimitedError `breaker_open` while others find out whether the vendor is back
   */
  async passQuestion(accountCode: string): Promise<SendingAccount> {
    const account = await this.accounts.get(accountCode);
    if (!account.breakerOpenedAt || (await this.breaker.takeProbe(accountCode))) return account;
    this.accounts.invalidate(accountCode);
    throw new RateLimitedError('breaker_open', 'The vendor cannot be reached', undefined, 'account');
  }

  /** The vendor has answered a question. */
  async noteAnswer(accountCode: string): Promise<void> {
    await this.breaker.noteAnswer(accountCode);
  }

  private closed(account: SendingAccount): OutcomeDraft | undefined {
    if (account.isQueuePaused) return waitFor('queue_paused', 0);
    if (account.status === 'paused') return waitFor('account_paused', 0);
    const blockedMs = (account.blockedUntil?.getTime() ?? 0) - this.clock.now().getTime();
    return blockedMs > 0 ? waitFor('rate_limited', blockedMs) : undefined;
  }

  /** While the breaker is open one delivery at a time tries whether the vendor is back; the others wait. */
  private async behindBreaker(run: DispatchRun, account: SendingAccount): Promise<OutcomeDraft | undefined> {
    if (!account.breakerOpenedAt) return undefined;
    run.isProbe = await this.breaker.takeProbe(account.code);
    if (run.isProbe) return undefined;
    // Possibly closed by another process since this one has read the account.
    this.accounts.invalidate(account.code);
    return waitFor('breaker_open', 0);
  }
}
