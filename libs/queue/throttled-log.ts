import { systemClock, type Clock } from '#libs/core';

/**
 * At most one line per interval. A dead connection raises thousands of errors per second; what was left out is counted
 * in the next line.
 */
export class ThrottledLog {
  private nextAtMs = -Infinity;
  private leftOut = 0;

  constructor(
    private readonly write: (line: string) => void,
    private readonly clock: Clock = systemClock,
    private readonly intervalMs = 1_000,
  ) {}

  log(line: string): void {
    const nowMs = this.clock.monotonicMs();
    if (nowMs < this.nextAtMs) {
      this.leftOut += 1;
      return;
    }
    this.write(this.leftOut === 0 ? line : `${line} (${this.leftOut} more left out)`);
    this.nextAtMs = nowMs + this.intervalMs;
    this.leftOut = 0;
  }
}

/** The message of whatever was thrown; connection errors of several addresses carry theirs inside. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
