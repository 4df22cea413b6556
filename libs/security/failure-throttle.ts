import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '#libs/core';

const MAX_FAILURES = 20;
const WINDOW_MS = 60_000;
const MAX_ADDRESSES = 50_000;

interface Failures {
  readonly since: number;
  count: number;
}

/** Counts bad keys per address. Valid keys are never asked, so nobody behind a shared address is locked out. */
@Injectable()
export class FailureThrottle {
  private readonly failures = new Map<string, Failures>();

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Notes a bad key; milliseconds to wait once the address has used up its tries, else undefined. */
  note(address: string): number | undefined {
    const nowMs = this.clock.monotonicMs();
    const entry = this.current(address, nowMs);
    entry.count += 1;
    return entry.count > MAX_FAILURES ? entry.since + WINDOW_MS - nowMs : undefined;
  }

  private current(address: string, nowMs: number): Failures {
    const known = this.failures.get(address);
    if (known && nowMs - known.since < WINDOW_MS) return known;
    if (this.failures.size >= MAX_ADDRESSES) this.failures.clear();
    const fresh = { since: nowMs, count: 0 };
    this.failures.set(address, fresh);
    return fresh;
  }
}
