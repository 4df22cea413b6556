import type { Clock } from '#libs/core';

export interface ProgressWatchdogOptions {
  readonly clock: Clock;
  /** Jobs wait and none is taken for this long: the worker is stuck. */
  readonly stuckAfterMs: number;
  readonly everyMs: number;
  /** Jobs nobody has taken; rejects while the queue is away. */
  readonly countWaiting: () => Promise<number>;
  /** All slots of the worker are taken: it has no reason to take more. */
  readonly isFull: () => boolean;
  readonly onStuck: () => void;
}

/**
 * Finds a consumer that silently stopped, as happens after reconnects. An outage of the queue itself does not count:
 * after it the worker has the full time again to recover by itself.
 */
export class ProgressWatchdog {
  private timer: NodeJS.Timeout | undefined;
  private lastProgressMs: number;

  constructor(private readonly options: ProgressWatchdogOptions) {
    this.lastProgressMs = options.clock.monotonicMs();
  }

  start(): void {
    this.noteProgress();
    this.timer = setInterval(() => void this.check(), this.options.everyMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** A job was taken. */
  noteProgress(): void {
    this.lastProgressMs = this.options.clock.monotonicMs();
  }

  async check(): Promise<void> {
    if (this.options.isFull() || !(await this.hasWaiting())) return this.noteProgress();
    if (this.options.clock.monotonicMs() - this.lastProgressMs < this.options.stuckAfterMs) return;
    this.noteProgress();
    this.options.onStuck();
  }

  private async hasWaiting(): Promise<boolean> {
    try {
      return (await this.options.countWaiting()) > 0;
    } catch {
      return false;
    }
  }
}
