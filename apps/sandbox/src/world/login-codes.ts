import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ResetRegistry } from '../state/reset-registry.js';
import { SandboxClock } from '../state/sandbox-clock.js';

const LIFETIME_MS = 5 * 60_000;

/** Why a code is no good. */
export type CodeFault = 'unknown' | 'used' | 'expired';

interface IssuedCode {
  /** Null: somebody who is no member. */
  readonly member: string | null;
  readonly issuedMs: number;
  used: boolean;
}

/** What a login at a vendor brings back: good for one use within five minutes. */
@Injectable()
export class LoginCodes {
  private readonly codes = new Map<string, IssuedCode>();

  constructor(
    private readonly clock: SandboxClock,
    resets: ResetRegistry,
  ) {
    resets.add(() => this.codes.clear());
  }

  issue(member: string | null): string {
    const code = randomBytes(16).toString('hex');
    this.codes.set(code, { member, issuedMs: this.clock.nowMs(), used: false });
    return code;
  }

  take(code: string): { readonly member: string | null } | { readonly fault: CodeFault } {
    const issued = this.codes.get(code);
    if (!issued) return { fault: 'unknown' };
    if (issued.used) return { fault: 'used' };
    if (this.clock.nowMs() - issued.issuedMs > LIFETIME_MS) return { fault: 'expired' };
    issued.used = true;
    return { member: issued.member };
  }
}
