import { Injectable } from '@nestjs/common';
import { sha256 } from '#libs/core';
import { BoundedMap } from '../state/bounded-map.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { SandboxClock } from '../state/sandbox-clock.js';

const CAPACITY = 100_000;

const OWN_FIELDS: ReadonlySet<string> = new Set(['enable_duplicate_check', 'duplicate_check_interval']);

/** Without what asks for the check: that is no part of the content. */
const comparedBody = (rawBody: string): string =>
  JSON.stringify(JSON.parse(rawBody), (name: string, value: unknown) => (OWN_FIELDS.has(name) ? undefined : value));

/**
 * The vendor's duplicate check: the same request JSON of the same app inside the interval. The request that asks is
 * compared with every one before it, whether that had asked or not.
 */
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
  isDuplicate(account: string, rawBody: string, intervalS: number | undefined): boolean {
    const key = `${account} ${sha256(comparedBody(rawBody)).toString('base64')}`;
    const now = this.clock.nowMs();
    const before = this.takenAtMs.get(key);
    if (before !== undefined && intervalS !== undefined && now - before < intervalS * 1000) return true;
    this.takenAtMs.set(key, now);
    return false;
  }
}
