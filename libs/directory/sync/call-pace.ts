import { setTimeout as delay } from 'node:timers/promises';

/** Spaces the calls of one function of a vendor, and bounds how many are under way. */
export class CallPace {
  private nextMs = 0;
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
    const atMs = Math.max(nowMs, this.nextMs);
    this.nextMs = atMs + 1000 / this.perSecond;
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
