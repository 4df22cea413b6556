export interface RateRule {
  readonly limit: number;
  readonly windowMs: number;
  /** How long every call is refused after one call too many; 0: until the window has room again. */
  readonly blockMs: number;
}

/** A sliding window over the last `limit` calls, with the vendor's penalty time. */
export class RateWindow {
  private readonly calls: number[];
  private next = 0;
  private blockedUntil = 0;

  constructor(private readonly rule: RateRule) {
    this.calls = [];
  }

  /** Counts a call made at `nowMs`; false when it is one too many or falls into a penalty. Refused calls do not count. */
  admits(nowMs: number): boolean {
    if (nowMs < this.blockedUntil) return false;
    const oldest = this.calls[this.next];
    if (oldest !== undefined && nowMs - oldest < this.rule.windowMs) {
      this.blockedUntil = nowMs + this.rule.blockMs;
      return false;
    }
    this.calls[this.next] = nowMs;
    this.next = (this.next + 1) % this.rule.limit;
    return true;
  }
}
