import { Injectable } from '@nestjs/common';
import type { Dropped, DropReason } from '../inbox/inbox-entry.js';
import { RateLimits } from '../state/rate-limits.js';
import type { RateRule } from '../state/rate-window.js';
import { DuplicateCheck } from './duplicate-check.service.js';
import type { WecomApp } from './wecom-world.js';

/** Per app and member; what is over is dropped without a sign to the caller. */
const PER_MINUTE: RateRule = { limit: 30, windowMs: 60_000, blockMs: 0 };
const PER_HOUR: RateRule = { limit: 1000, windowMs: 3_600_000, blockMs: 0 };

interface Sending {
  readonly app: WecomApp;
  readonly rawBody: string;
  /** Of the duplicate check; undefined: off. */
  readonly intervalS: number | undefined;
  readonly members: readonly string[];
}

interface Filtered {
  readonly shown: readonly string[];
  readonly dropped: readonly Dropped[];
}

/** Decides who of the addressed members really sees an accepted message. */
@Injectable()
export class MemberFilter {
  constructor(
    private readonly limits: RateLimits,
    private readonly duplicates: DuplicateCheck,
  ) {}

  apply({ app, rawBody, intervalS, members }: Sending): Filtered {
    if (this.duplicates.isDuplicate(app.account, rawBody, intervalS)) {
      return { shown: [], dropped: drop(members, 'duplicate_check') };
    }
    const over = members.filter((member) => !this.hasRoom(`${app.account} ${member}`));
    if (over.length === 0) return { shown: members, dropped: [] };
    const late = new Set(over);
    return { shown: members.filter((member) => !late.has(member)), dropped: drop(over, 'member_limit') };
  }

  private hasRoom(member: string): boolean {
    return this.limits.admits(PER_MINUTE, member) && this.limits.admits(PER_HOUR, member);
  }
}

const drop = (members: readonly string[], reason: DropReason): Dropped[] =>
  members.map((recipient) => ({ recipient, reason }));
