import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 10;

/** Calls to send that the sandbox has counted so far. */
export async function countSends(sandboxUrl: string): Promise<number> {
  const response = await fetch(`${sandboxUrl}/_sandbox/counters`);
  const counters = (await response.json()) as Readonly<Record<string, number>>;
  return Object.entries(counters)
    .filter(([endpoint]) => endpoint.endsWith('message/send'))
    .reduce((sum, [, count]) => sum + count, 0);
}

/** Looks every few milliseconds until it is stopped. */
export class VendorCount {
  private current = 0;
  private stopped = false;

  private constructor(
    private readonly sandboxUrl: string,
    private readonly base: number,
  ) {}

  static async begin(sandboxUrl: string): Promise<VendorCount> {
    const count = new VendorCount(sandboxUrl, await countSends(sandboxUrl));
    void count.look();
    return count;
  }

  /** Calls since the beginning. */
  get calls(): number {
    return this.current;
  }

  stop(): void {
    this.stopped = true;
  }

  private async look(): Promise<void> {
    while (!this.stopped) {
      this.current = (await countSends(this.sandboxUrl)) - this.base;
      await delay(LOOK_EVERY_MS);
    }
  }
}
