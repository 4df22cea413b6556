import type { ProviderCall, ProviderHttp } from '#libs/channels';
import type { JsonObject } from '#libs/core';

/** Highest number of calls or people per window; `null` switches the channel's default off. */
export type AccountLimits = Readonly<Record<string, number | null>>;

export type AccountStatus = 'active' | 'paused';

/** Who paused an account: a person, or the vendor by refusing its credentials. */
export type PausedBy = 'operator' | 'credentials';

/** An account as the worker calls through it. `config` holds credentials in plain text: never log it, never store it. */
export interface SendingAccount {
  readonly code: string;
  readonly channel: string;
  /** Fields of the channel's account class, secrets opened. */
  readonly config: JsonObject;
  /** Its own limits, over the channel's. */
  readonly limits: AccountLimits;
  /** Base addresses of its calls, without trailing slash. */
  readonly hosts: { readonly primary: string; readonly v1: string };
  readonly proxyUrl?: string;
  readonly status: AccountStatus;
  /** Reason code when the vendor refused the credentials, else the operator's words. */
  readonly pausedReason?: string;
  readonly pausedBy?: PausedBy;
  /** The vendor asked to slow down: nothing leaves before this instant (PostgreSQL's clock). */
  readonly blockedUntil?: Date;
  /** While the breaker is open: when the next probe may go. */
  readonly breakerUntil?: Date;
  /** Set while the breaker is open: the vendor could not be reached several times in a row. */
  readonly breakerOpenedAt?: Date;
  /** Failures to reach the vendor, or its throttles, are being counted: an answer ends the row. */
  readonly hasTrouble: boolean;
  /** The queue of its channel is held back by a person. */
  readonly isQueuePaused: boolean;
  readonly createdAt: Date;
  /** Grows with every change of the account; a token belongs to one version at a time. */
  readonly version: number;
}

/** What every provider call through this account has in common; the caller adds the token. */
export function providerCallFor(
  account: SendingAccount,
  context: { readonly http: ProviderHttp; readonly now: Date; readonly signal: AbortSignal },
): Omit<ProviderCall, 'token'> {
  return {
    account: account.config,
    accountCode: account.code,
    hosts: account.hosts,
    http: throughProxy(context.http, account.proxyUrl),
    now: context.now,
    signal: context.signal,
  };
}

function throughProxy(http: ProviderHttp, proxyUrl: string | undefined): ProviderHttp {
  if (proxyUrl === undefined) return http;
  return { send: (request, signal) => http.send({ ...request, proxyUrl }, signal) };
}
