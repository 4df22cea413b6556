import { setTimeout as delay } from 'node:timers/promises';
import type { Socket } from 'node:net';

interface StreamRules {
  readonly latencyMs: () => number;
  /** From the end of this text on the stream holds what it is given. */
  readonly pattern: () => string | undefined;
}

/** One direction of a connection, in order: passes on what it is given, later or never. */
export class HeldStream {
  private readonly kept: Buffer[] = [];
  private held = false;
  private tail: Promise<void> = Promise.resolve();
  private onTheWay = 0;

  constructor(
    private readonly sink: Socket,
    private readonly rules: StreamRules,
  ) {}

  get isHolding(): boolean {
    return this.held && this.kept.length > 0;
  }

  push(chunk: Buffer): void {
    if (this.held) return void this.kept.push(chunk);
    const pattern = this.rules.pattern();
    const found = pattern === undefined ? -1 : chunk.indexOf(pattern);
    if (pattern === undefined || found < 0) return this.pass(chunk);
    const cut = found + Buffer.byteLength(pattern);
    this.pass(chunk.subarray(0, cut));
    this.held = true;
    this.kept.push(chunk.subarray(cut));
    return undefined;
  }

  hold(): void {
    this.held = true;
  }

  release(): void {
    this.held = false;
    for (const chunk of this.kept.splice(0)) this.pass(chunk);
  }

  /** The other side has ended. What is held back is lost with it. */
  async end(): Promise<void> {
    this.kept.length = 0;
    await this.tail;
    this.sink.end();
  }

  private pass(chunk: Buffer): void {
    const latencyMs = this.rules.latencyMs();
    if (latencyMs === 0 && this.onTheWay === 0) return void this.sink.write(chunk);
    this.onTheWay += 1;
    const dueMs = performance.now() + latencyMs;
    this.tail = this.tail.then(async () => {
      await delay(Math.max(0, dueMs - performance.now()));
      this.onTheWay -= 1;
      if (!this.sink.destroyed) this.sink.write(chunk);
    });
    return undefined;
  }
}
