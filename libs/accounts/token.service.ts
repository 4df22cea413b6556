import { Inject, Injectable, Logger } from '@nestjs/common';
import { CLOCK, HongyanError, type Clock } from '#libs/core';
import { ProviderCalls } from './provider-calls.js';
import type { SendingAccount } from './sending-account.js';
import { TokenRenewal, type RenewedToken, type TokenWish } from './token-renewal.js';
import { TokenStore, type ExpiringToken } from './token-store.js';

/** How long a process trusts what it read from the row. */
const MAX_AGE_MS = 5_000;
const REFRESHES_AT_ONCE = 4;

export interface AccessToken {
  /** Plain text: goes into the provider call and nowhere else. */
  readonly value: string;
  readonly version: number;
}

interface HeldToken extends AccessToken {
  readonly account: string;
  readonly staleAtMs: number;
}

/** One version of one account: a later account of the same code starts at version 1 again. */
const identityOf = ({ createdAt, version }: SendingAccount): string => `${createdAt.getTime()} ${version}`;

const NONE: AccessToken = { value: '', version: 0 };

/**
 * Access tokens, one per account. However many callers and processes ask, one of them fetches; the others wait for its
 * result. All errors mean that nothing was sent.
 */
@Injectable()
export class TokenService {
  private readonly logger = new Logger(TokenService.name);
  private readonly held = new Map<string, HeldToken>();
  private readonly flights = new Map<string, Promise<RenewedToken>>();

  constructor(
    @Inject(TokenRenewal) private readonly renewal: TokenRenewal,
    @Inject(TokenStore) private readonly store: TokenStore,
    @Inject(ProviderCalls) private readonly calls: ProviderCalls,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whether calls of this channel carry an access token. */
  hasToken(channel: string): boolean {
    return this.calls.needsToken(channel);
  }

  /**
   * A valid token; empty for channels without one. `signal` ends the waiting, not the fetch that others wait for.
   * @throws CredentialError (the account is paused by then), RateLimitedError, RetryableDeliveryError (uses no
   * attempt), ConfigError; `meta.retryAfterMs` says when the next fetch is allowed.
   */
  async current(account: SendingAccount, signal?: AbortSignal): Promise<AccessToken> {
    if (!this.hasToken(account.channel)) return NONE;
    const held = this.held.get(account.code);
    if (held?.account === identityOf(account) && this.clock.monotonicMs() < held.staleAtMs) return held;
    return this.obtain(account, { newerThan: 0, forced: false }, signal);
  }

  /**
   * The successor of a token that the vendor refused; what another process has renewed already is taken as it is.
   * A second renewal within five seconds is refused (RetryableDeliveryError `token_rejected`): fetching more cannot help.
   */
  async renew(account: SendingAccount, usedVersion: number, signal?: AbortSignal): Promise<AccessToken> {
    if (!this.hasToken(account.channel)) return NONE;
    const held = this.held.get(account.code);
    if (held && held.version > usedVersion && this.clock.monotonicMs() < held.staleAtMs) return held;
    return this.obtain(account, { newerThan: usedVersion, forced: true }, signal);
  }

  /** Lets the next caller fetch at once although the last fetch failed a moment ago: a person asked for it. */
  async endBackoff(code: string): Promise<void> {
    await this.store.endBackoff(code);
  }

  /**
   * Refreshes what will expire soon, so that sends never wait for a token. Safe to run in every process at once.
   * Failures back off in the row and pause accounts where needed; answers how many tokens are fresh now.
   */
  async refreshExpiring(): Promise<number> {
    const expiring = [...(await this.store.listExpiring(this.calls.channelsWithToken()))];
    let refreshed = 0;
    while (expiring.length > 0) {
      const results = await Promise.all(expiring.splice(0, REFRESHES_AT_ONCE).map((token) => this.refresh(token)));
      refreshed += results.filter(Boolean).length;
    }
    return refreshed;
  }

  private async refresh({ account, version }: ExpiringToken): Promise<boolean> {
    try {
      await this.share(account, { newerThan: version, forced: false });
      return true;
    } catch (error) {
      const reason = error instanceof HongyanError ? error.code : 'internal_error';
      this.logger.warn({ event: 'token_refresh_failed', account, reason });
      return false;
    }
  }

  private async obtain(account: SendingAccount, wish: TokenWish, signal?: AbortSignal): Promise<AccessToken> {
    const token = await this.wait(account.code, wish, signal);
    const held: HeldToken = {
      value: token.value,
      version: token.version,
      account: identityOf(account),
      staleAtMs: this.clock.monotonicMs() + Math.min(MAX_AGE_MS, token.usableMs),
    };
    this.held.set(account.code, held);
    return held;
  }

  private async wait(code: string, wish: TokenWish, signal?: AbortSignal): Promise<RenewedToken> {
    if (!signal) return this.share(code, wish);
    signal.throwIfAborted();
    const aborted = rejectedOn(signal);
    try {
      return await Promise.race([this.share(code, wish), aborted.promise]);
    } finally {
      aborted.stop();
    }
  }

  /** Equal wishes of this process share one look and one fetch. */
  private share(code: string, wish: TokenWish): Promise<RenewedToken> {
    const key = `${code} ${wish.newerThan} ${wish.forced}`;
    const running = this.flights.get(key);
    if (running) return running;
    const flight = this.renewal.obtain(code, wish).finally(() => this.flights.delete(key));
    this.flights.set(key, flight);
    return flight;
  }
}

function rejectedOn(signal: AbortSignal): { readonly promise: Promise<never>; readonly stop: () => void } {
  let stop = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    stop = () => signal.removeEventListener('abort', abort);
  });
  return { promise, stop };
}
