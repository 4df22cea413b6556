import { Injectable } from '@nestjs/common';
import { ResetRegistry } from './reset-registry.js';
import { SandboxClock } from './sandbox-clock.js';

export const TOKEN_LIFETIME_S = 7200;

interface IssuedToken {
  readonly value: string;
  readonly account: string;
  expiresAtMs: number;
}

export interface TokenPolicy {
  /** Makes a new token value. */
  readonly create: () => string;
  /** Whether fetching again while the token is valid restarts its lifetime. */
  readonly prolongs: boolean;
}

/** Access tokens of all apps: one valid token per app, returned again until it expires or is revoked. */
@Injectable()
export class Tokens {
  private readonly byValue = new Map<string, IssuedToken>();
  private readonly current = new Map<string, IssuedToken>();

  constructor(
    private readonly clock: SandboxClock,
    resets: ResetRegistry,
  ) {
    resets.add(() => this.revoke());
  }

  /** The app's token and the whole seconds it has left. */
  issue(account: string, policy: TokenPolicy): { readonly value: string; readonly expiresInS: number } {
    const now = this.clock.nowMs();
    let token = this.current.get(account);
    if (!token || token.expiresAtMs <= now) token = this.create(account, policy);
    else if (policy.prolongs) token.expiresAtMs = now + TOKEN_LIFETIME_S * 1000;
    return { value: token.value, expiresInS: Math.ceil((token.expiresAtMs - now) / 1000) };
  }

  /** Whose token it is, or why it is refused. */
  check(value: string): { readonly account: string } | { readonly refused: 'unknown' | 'expired' } {
    const token = this.byValue.get(value);
    if (!token) return { refused: 'unknown' };
    return token.expiresAtMs <= this.clock.nowMs() ? { refused: 'expired' } : { account: token.account };
  }

  /** Whose token it is or was; undefined for one that was never issued or is revoked. */
  ownerOf(value: string): string | undefined {
    return this.byValue.get(value)?.account;
  }

  /** Early invalidation of one app's token, or of all. Returns how many valid tokens it ended. */
  revoke(account?: string): number {
    let revoked = 0;
    for (const token of [...this.byValue.values()]) {
      if (account !== undefined && token.account !== account) continue;
      if (token.expiresAtMs > this.clock.nowMs()) revoked += 1;
      this.byValue.delete(token.value);
      this.current.delete(token.account);
    }
    return revoked;
  }

  private create(account: string, policy: TokenPolicy): IssuedToken {
    const expiresAtMs = this.clock.nowMs() + TOKEN_LIFETIME_S * 1000;
    const token = { value: policy.create(), account, expiresAtMs };
    this.byValue.set(token.value, token);
    this.current.set(account, token);
    return token;
  }
}
