import { Injectable } from '@nestjs/common';
import { sha256 } from '#libs/core';
import { BoundedMap } from '../state/bounded-map.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { SandboxClock } from '../state/sandbox-clock.js';

const CAPACITY = 100_000;

/** The vendor's duplicate check: the same request JSON of the same app inside the interval. */
@Injectable()
export class DuplicateCheck {
  private readonly takenAtMs = new BoundedMap<string, number>(CAPACITY);

  constructor(
    private readonly clock: SandboxClock,
    resets: ResetRegistry,
  ) {
    resets.add(() => this.takenAtMs.clear());
  }

  /** The interval runs from the message that was delivered; a duplicate does not prolong it. */
  isDuplicate(account: string, rawBody: string, intervalS: number): boolean {
    const key = `${account} ${sha256(rawBody).toString('base64')}`;
    const now = this.clock.nowMs();
    const before = this.takenAtMs.get(key);
    if (before !== undefined && now - before < intervalS * 1000) return true;
    this.takenAtMs.set(key, now);
    return false;
  }
}
