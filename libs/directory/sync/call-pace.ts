import { setTimeout as delay } from 'node:timers/promises';

/** Calls follow each other at least at this share of their even distance, so that they do not all travel at once. */
const CLOSEST = 0.5;

/**
 * Holds the calls of one function of a vendor to so many in any second, and bounds how many are under way. What a busy
 * process has missed of a second it makes up for within that second.
 */
export class CallPace {
  /** When the last calls began, as many as there may be in a window, oldest first. */
  private readonly begun: number[] = [];
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private made = 0;

  constructor(
    private readonly perSecond: number,
    private readonly mostAtOnce: number,
    private readonly signal: AbortSignal,
  ) {}

  /** Calls made so far. */
  get calls(): number {
    return this.made;
  }

  /** @throws the reason of the abort, before a call */
  async run<T>(call: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      const waitMs = this.reserve();
      if (waitMs > 0) await delay(waitMs, undefined, { signal: this.signal });
      this.signal.throwIfAborted();
      this.made += 1;
      return await call();
    } finally {
      this.leave();
    }
  }

  private reserve(): number {
    const nowMs = performance.now();
    const inWindow = Math.ceil(this.perSecond);
    const last = this.begun.at(-1) ?? -Infinity;
    const oldest = this.begun.length < inWindow ? -Infinity : (this.begun.shift() ?? -Infinity);
    const roomMs = oldest + (1000 * inWindow) / this.perSecond;
    const atMs = Math.max(nowMs, roomMs, last + (CLOSEST * 1000) / this.perSecond);
    this.begun.push(atMs);
    return atMs - nowMs;
  }

  private async enter(): Promise<void> {
    if (this.running < this.mostAtOnce) {
      this.running += 1;
      return;
    }
    // Whoever leaves hands the place over.
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}
