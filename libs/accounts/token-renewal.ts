import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { HongyanError, RetryableDeliveryError, UnavailableError } from '#libs/core';
import { AccountGates, refusalText } from './account-gates.js';
import { AccountReader } from './account-reader.js';
import { ProviderCalls } from './provider-calls.js';
import { requestedWaitMs, toTokenError, tokenFailureOf } from './token-failure.js';
import { LEASE_MS, TokenStore, type TokenState } from './token-store.js';

/** Shorter than the lease, so that the winner ends before anybody may take over. */
const FETCH_TIMEOUT_MS = LEASE_MS - 2_000;
const LONGEST_WAIT_MS = LEASE_MS + 2_000;
const FIRST_POLL_MS = 25;
const LONGEST_POLL_MS = 200;

export interface TokenWish {
  /** The version that is no longer good; 0: any valid token will do. */
  readonly newerThan: number;
  /** The vendor refused that version: at most one such renewal in five seconds. */
  readonly forced: boolean;
}

export interface RenewedToken {
  readonly value: string;
  readonly version: number;
  /** Time for which it may be handed out. */
  readonly usableMs: number;
}

/** Gets a token that fulfils a wish: from the row, or by the one fetch that all processes share. */
@Injectable()
export class TokenRenewal {
  constructor(
    @Inject(TokenStore) private readonly store: TokenStore,
    @Inject(AccountReader) private readonly reader: AccountReader,
    @Inject(AccountGates) private readonly gates: AccountGates,
    @Inject(ProviderCalls) private readonly calls: ProviderCalls,
  ) {}

  /**
   * @throws CredentialError after pausing the account, RateLimitedError, RetryableDeliveryError (uses no attempt),
   * ConfigError; during a back-off the last failure again, without a call.
   */
  async obtain(account: string, wish: TokenWish): Promise<RenewedToken> {
    let waitedMs = 0;
    for (let pollMs = FIRST_POLL_MS; waitedMs < LONGEST_WAIT_MS; pollMs = Math.min(LONGEST_POLL_MS, pollMs * 1.5)) {
      const state = await this.store.read(account);
      if (state.value !== undefined && state.version > wish.newerThan) return { ...state, value: state.value };
      refuseDuringBackoff(state, wish);
      if (!state.isLeased && (await this.store.lease(account, state.version, wish.forced))) {
        const token = await this.fetch(account, state.version, wish.forced);
        if (token) return token;
      }
      await delay(pollMs);
      waitedMs += pollMs;
    }
    throw new RetryableDeliveryError('provider_busy', 'The access token is still being fetched', false);
  }

  /** Under the lease. Undefined when the row moved on meanwhile, e.g. because the credentials were replaced. */
  private async fetch(code: string, version: number, forced: boolean): Promise<RenewedToken | undefined> {
    try {
      // Read after the lease was taken: a clean-up by new credentials either comes before it or moves the version on.
      this.reader.invalidate(code);
      const account = await this.reader.get(code);
      const fetched = await this.calls.fetchToken(account, FETCH_TIMEOUT_MS);
      const saved = await this.store.save(code, version, fetched, forced);
      return saved && { ...saved, value: fetched.value };
    } catch (error) {
      if (error instanceof UnavailableError) throw error;
      const raised = await this.giveUp(code, version, error);
      if (raised) throw raised;
      return undefined;
    }
  }

  private async giveUp(code: string, version: number, error: unknown): Promise<HongyanError | undefined> {
    const failure = tokenFailureOf(error);
    const backoff = await this.store.fail(code, version, failure, requestedWaitMs(error));
    if (!backoff) return undefined;
    if (failure.kind === 'credentials')
      await this.gates.pauseForCredentials(code, failure.reason, refusalText(failure));
    return toTokenError(failure, backoff.retryAfterMs, error);
  }
}

function refuseDuringBackoff(state: TokenState, wish: TokenWish): void {
  if (state.retryAfterMs <= 0) return;
  if (state.failure) throw toTokenError(state.failure, state.retryAfterMs);
  if (!wish.forced || state.value === undefined) return;
  throw new RetryableDeliveryError('token_rejected', 'The access token was renewed a moment ago', false, {
    meta: { retryAfterMs: Math.ceil(state.retryAfterMs) },
  });
}
