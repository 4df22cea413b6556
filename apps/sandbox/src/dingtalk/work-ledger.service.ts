import { Injectable } from '@nestjs/common';
import { canonicalJson, sha256, type JsonValue } from '#libs/core';
import { Refusal } from '../exchange/refusal.js';
import type { DropReason } from '../inbox/inbox-entry.js';
import { RateLimits } from '../state/rate-limits.js';
import type { RateRule } from '../state/rate-window.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { SandboxClock } from '../state/sandbox-clock.js';

export const DAILY_PER_PERSON = 500;
const DAILY_TO_ALL = 3;
const PERSONS_PER_MINUTE: RateRule = { limit: 5000, windowMs: 60_000, blockMs: 0 };

/** What the vendor counts per day (China time): the same content once, 500 messages per person, three sends to all. */
@Injectable()
export class WorkLedger {
  private day = '';
  private readonly contents = new Map<string, Set<string>>();
  private readonly perPerson = new Map<string, number>();
  private readonly toAll = new Map<string, number>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly limits: RateLimits,
    resets: ResetRegistry,
  ) {
    resets.add(() => this.clear());
  }

  admitToAll(account: string): void {
    this.turnDay();
    const before = this.toAll.get(account) ?? 0;
    if (before >= DAILY_TO_ALL) throw new Refusal(41045, '发送全员消息超过每日限额');
    this.toAll.set(account, before + 1);
  }

  /** Splits the members into who sees the message and who gets nothing, with the reason; counts the former. */
  divide(account: string, msg: JsonValue | undefined, members: readonly string[]): ReadonlyMap<string, DropReason> {
    this.turnDay();
    const receivers = this.receiversOf(`${account} ${sha256(canonicalJson(msg)).toString('base64')}`);
    const dropped = new Map<string, DropReason>();
    for (const member of members) {
      const reason = receivers.has(member) ? 'same_content_today' : this.overLimit(account, member);
      if (reason) dropped.set(member, reason);
      else receivers.add(member);
    }
    return dropped;
  }

  private overLimit(account: string, member: string): DropReason | undefined {
    const key = `${account} ${member}`;
    const today = this.perPerson.get(key) ?? 0;
    if (this.limits.enforced && today >= DAILY_PER_PERSON) return 'daily_limit';
    if (!this.limits.admits(PERSONS_PER_MINUTE, account)) return 'minute_limit';
    this.perPerson.set(key, today + 1);
    return undefined;
  }

  private receiversOf(content: string): Set<string> {
    let receivers = this.contents.get(content);
    if (!receivers) this.contents.set(content, (receivers = new Set()));
    return receivers;
  }

  private turnDay(): void {
    const today = this.clock.chinaDay();
    if (today === this.day) return;
    this.clear();
    this.day = today;
  }

  private clear(): void {
    this.contents.clear();
    this.perPerson.clear();
    this.toAll.clear();
  }
}
