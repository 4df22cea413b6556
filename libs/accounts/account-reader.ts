import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, NotFoundError, type Clock, type JsonObject } from '#libs/core';
import { Database } from '#libs/database';
import { AccountHosts } from './account-hosts.js';
import { AccountVault, type SealedSecrets } from './account-vault.js';
import type { AccountLimits, AccountStatus, PausedBy, SendingAccount } from './sending-account.js';

/** Longest time that a change made by another process stays unseen. */
const MAX_AGE_MS = 2_000;

interface AccountRow {
  readonly code: string;
  readonly channel: string;
  readonly config: JsonObject;
  readonly secrets: SealedSecrets;
  readonly limits: AccountLimits;
  readonly base_url: string | null;
  readonly proxy_url: string | null;
  readonly status: AccountStatus;
  readonly paused_by: PausedBy | null;
  readonly paused_reason: string | null;
  readonly blocked_until: Date | null;
  readonly breaker_until: Date | null;
  readonly breaker_opened_at: Date | null;
  readonly breaker_failures: number;
  readonly throttles: number;
  readonly queue_paused: boolean;
  readonly created_at: Date;
  readonly version: number;
}

interface Cached {
  readonly account: Promise<SendingAccount>;
  readonly staleAtMs: number;
}

/** Accounts for the hot path: secrets opened, hosts resolved, at most two seconds old. */
@Injectable()
export class AccountReader {
  private readonly cache = new Map<string, Cached>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AccountVault) private readonly vault: AccountVault,
    @Inject(AccountHosts) private readonly hosts: AccountHosts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws NotFoundError `unknown_account`
   * @throws ConfigError `sandbox_not_running`, `unknown_channel`
   */
  get(code: string): Promise<SendingAccount> {
    const nowMs = this.clock.monotonicMs();
    const cached = this.cache.get(code);
    if (cached && nowMs < cached.staleAtMs) return cached.account;
    const entry = { account: this.load(code), staleAtMs: nowMs + MAX_AGE_MS };
    this.cache.set(code, entry);
    entry.account.catch(() => this.forget(code, entry));
    return entry.account;
  }

  /** Makes this process read the account anew; others follow within two seconds. */
  invalidate(code: string): void {
    this.cache.delete(code);
  }

  private forget(code: string, entry: Cached): void {
    if (this.cache.get(code) === entry) this.cache.delete(code);
  }

  private async load(code: string): Promise<SendingAccount> {
    const [row] = await this.database.query<AccountRow>(
      `SELECT a.code, a.channel, a.config, a.secrets, a.limits, a.base_url, a.proxy_url, a.status, a.paused_by, a.paused_reason,
              a.blocked_until, a.breaker_until, a.breaker_opened_at, a.breaker_failures, a.throttles, a.created_at,
              a.version, coalesce(g.paused, false) AS queue_paused
       FROM account a LEFT JOIN queue_gate g ON g.channel = a.channel
       WHERE a.code = $1`,
      [code],
    );
    if (!row) throw new NotFoundError(`No account has the code "${code}"`, 'unknown_account');
    return this.toSendingAccount(row);
  }

  private toSendingAccount(row: AccountRow): SendingAccount {
    return {
      code: row.code,
      channel: row.channel,
      config: this.vault.open(row.code, row),
      limits: row.limits,
      hosts: this.hosts.resolve(row.channel, row.base_url),
      status: row.status,
      ...(row.proxy_url !== null && { proxyUrl: row.proxy_url }),
      ...(row.paused_by !== null && { pausedBy: row.paused_by }),
      ...(row.paused_reason !== null && { pausedReason: row.paused_reason }),
      ...(row.blocked_until !== null && { blockedUntil: row.blocked_until }),
      ...(row.breaker_until !== null && { breakerUntil: row.breaker_until }),
      ...(row.breaker_opened_at !== null && { breakerOpenedAt: row.breaker_opened_at }),
      hasTrouble: row.breaker_failures > 0 || row.breaker_opened_at !== null || row.throttles > 0,
      isQueuePaused: row.queue_paused,
      createdAt: row.created_at,
      version: row.version,
    };
  }
}
