import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '#libs/core';

/** Time as the fake vendors see it: real time plus what a tester has added. All windows and expiries ask it. */
@Injectable()
export class SandboxClock {
  private offset = 0;

  constructor(@Inject(CLOCK) private readonly base: Clock) {}

  /** Milliseconds since 1970. */
  nowMs(): number {
    return this.base.now().getTime() + this.offset;
  }

  /** The day in China (UTC+8), in which the vendors count daily limits: `2026-08-20`. */
  chinaDay(): string {
    return new Date(this.nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);
  }

  /** Milliseconds ahead of real time. */
  get offsetMs(): number {
    return this.offset;
  }

  advance(ms: number): void {
    this.offset += ms;
  }

  reset(): void {
    this.offset = 0;
  }
}
