import { Inject, Injectable } from '@nestjs/common';
import { ChannelRegistry } from '#libs/channels';
import { CLOCK, type Clock, type JsonObject } from '#libs/core';
import type { AccessTokenEntity } from './access-token.entity.js';
import type { AccountUsage } from './account-usage.js';
import { AccountVault } from './account-vault.js';
import type { AccountEntity } from './account.entity.js';
import type { AccountLimits, AccountStatus, PausedBy } from './sending-account.js';

/** Whether sends through the account can work right now, and since or until when they cannot. */
export interface AccountHealth {
  readonly state: 'ok' | 'paused' | 'blocked' | 'failing';
  /** Code of the reason catalogue. */
  readonly reason?: string;
  readonly sinceAt?: Date;
  readonly untilAt?: Date;
}

export interface TokenDescription {
  readonly state: 'none' | 'valid' | 'expired' | 'failing';
  readonly expiresAt?: Date;
  readonly refreshedAt?: Date;
}

/** An account as people see it: secrets masked. */
export interface AccountDescription {
  readonly code: string;
  readonly name: string;
  readonly channel: string;
  readonly config: JsonObject;
  readonly limits: AccountLimits;
  readonly baseUrl?: string;
  readonly proxyUrl?: string;
  readonly compat: boolean;
  readonly status: AccountStatus;
  readonly pausedBy?: PausedBy;
  /** Reason code after a refusal of the credentials, else the operator's words. */
  readonly pausedReason?: string;
  /** What the vendor said. */
  readonly pausedText?: string;
  readonly pausedAt?: Date;
  readonly health: AccountHealth;
  /** Absent for channels whose calls need no token. */
  readonly token?: TokenDescription;
  /** Codes of the templates that name it; one account only, not in lists. */
  readonly usedBy?: readonly string[];
  /** Deliveries that are not finished; one account only, not in lists. */
  readonly waiting?: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

/** Turns rows into descriptions. */
@Injectable()
export class AccountDescriber {
  constructor(
    @Inject(AccountVault) private readonly vault: AccountVault,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  describe(account: AccountEntity, token?: AccessTokenEntity, usage?: AccountUsage): AccountDescription {
    const now = this.clock.now();
    const hasToken = this.channels.find(account.channel)?.fetchToken !== undefined;
    return {
      code: account.code,
      name: account.name,
      channel: account.channel,
      config: this.vault.mask(account.channel, account),
      limits: account.limits,
      ...(account.baseUrl !== null && { baseUrl: account.baseUrl }),
      ...(account.proxyUrl !== null && { proxyUrl: account.proxyUrl }),
      compat: account.compat,
      ...pauseOf(account),
      health: healthOf(account, token, now),
      ...(hasToken && { token: describeToken(token, now) }),
      ...(usage && { usedBy: usage.templates, waiting: usage.openDeliveries }),
      createdAt: account.createdAt,
      updatedAt: account.updatedAt,
      version: account.version,
    };
  }
}

const pauseOf = (
  account: AccountEntity,
): Pick<AccountDescription, 'status' | 'pausedBy' | 'pausedReason' | 'pausedText' | 'pausedAt'> => ({
  status: account.status,
  ...(account.pausedBy !== null && { pausedBy: account.pausedBy }),
  ...(account.pausedReason !== null && { pausedReason: account.pausedReason }),
  ...(account.pausedText !== null && { pausedText: account.pausedText }),
  ...(account.pausedAt !== null && { pausedAt: account.pausedAt }),
});

function healthOf(account: AccountEntity, token: AccessTokenEntity | undefined, now: Date): AccountHealth {
  if (account.status === 'paused') {
    const reason = account.pausedBy === 'credentials' ? account.pausedReason : null;
    return {
      state: 'paused',
      reason: reason ?? 'account_paused',
      ...(account.pausedAt && { sinceAt: account.pausedAt }),
    };
  }
  if (account.blockedUntil && account.blockedUntil > now) {
    return { state: 'blocked', reason: 'provider_throttled', untilAt: account.blockedUntil };
  }
  if (account.breakerOpenedAt) {
    const probe = account.breakerUntil && account.breakerUntil > now ? { untilAt: account.breakerUntil } : {};
    return { state: 'failing', reason: 'breaker_open', sinceAt: account.breakerOpenedAt, ...probe };
  }
  if (token?.lastError) return { state: 'failing', reason: token.lastError.reason };
  return { state: 'ok' };
}

function describeToken(token: AccessTokenEntity | undefined, now: Date): TokenDescription {
  if (!token?.expiresAt) return { state: token?.lastError ? 'failing' : 'none' };
  const isValid = token.expiresAt > now;
  return {
    state: token.lastError ? 'failing' : isValid ? 'valid' : 'expired',
    expiresAt: token.expiresAt,
    ...(token.refreshedAt && { refreshedAt: token.refreshedAt }),
  };
}
