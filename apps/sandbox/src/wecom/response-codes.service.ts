import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Refusal } from '../exchange/refusal.js';
import { BoundedMap } from '../state/bounded-map.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { SandboxClock } from '../state/sandbox-clock.js';

const CAPACITY = 100_000;
const LIFETIME_MS = 72 * 3_600_000;

interface IssuedCode {
  readonly account: string;
  /** Of the card that it updates. */
  readonly providerMsgId: string;
  readonly issuedAtMs: number;
}

/** The codes that update cards: one use within 72 hours. */
@Injectable()
export class ResponseCodes {
  private readonly issued = new BoundedMap<string, IssuedCode | undefined>(CAPACITY);

  constructor(
    private readonly clock: SandboxClock,
    resets: ResetRegistry,
  ) {
    resets.add(() => this.issued.clear());
  }

  issue(account: string, providerMsgId: string): string {
    const code = `rc-${randomBytes(24).toString('base64url')}`;
    this.issued.set(code, { account, providerMsgId, issuedAtMs: this.clock.nowMs() });
    return code;
  }

  /** The message id of the card; throws when the code is unknown, used or too old, or another app's. */
  peek(account: string, code: string): string {
    const found = this.issued.get(code);
    if (!found || this.clock.nowMs() - found.issuedAtMs > LIFETIME_MS)
      throw new Refusal(60140, 'invalid response_code');
    if (found.account !== account) throw new Refusal(42015, 'card was sent by another app');
    return found.providerMsgId;
  }

  /** The same, and the code is used. */
  redeem(account: string, code: string): string {
    const providerMsgId = this.peek(account, code);
    this.issued.set(code, undefined);
    return providerMsgId;
  }
}
