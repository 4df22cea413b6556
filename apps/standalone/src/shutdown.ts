import { setTimeout as delay } from 'node:timers/promises';

/** Longer than any provider call: its outcome is stored before the database stops. */
const LONGEST_CLOSE_MS = 30_000;

interface Part {
  readonly name: string;
  readonly close: () => Promise<void>;
}

/** Somebody asked the process to end before it had started. */
export class EndRequested extends Error {
  constructor() {
    super('The end was requested');
    this.name = 'EndRequested';
  }
}

/** The parts that run, in the order in which they were started. They stop in the opposite order, the database last. */
export class Shutdown {
  private readonly parts: Part[] = [];
  private running: Promise<void> | undefined;

  private endIsRequested = false;
  private request: () => void = () => undefined;
  /** Resolves when the process was asked to end. */
  readonly requested = new Promise<void>((resolve) => {
    this.request = resolve;
  });

  constructor(private readonly say: (line: string) => void) {}

  /** Repeated signals change nothing: under `npm` Ctrl-C arrives twice. */
  listenToSignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.requestEnd());
  }

  requestEnd(): void {
    this.endIsRequested = true;
    this.request();
  }

  /** @throws EndRequested to end a start half-way; the part stops with the others. */
  add(name: string, close: () => Promise<void>): void {
    this.parts.push({ name, close });
    if (this.endIsRequested) throw new EndRequested();
  }

  /** Stops everything, once. A part that fails or hangs does not keep the others from stopping. */
  run(): Promise<void> {
    this.running ??= this.stopAll();
    return this.running;
  }

  private async stopAll(): Promise<void> {
    for (const part of this.parts.splice(0).reverse()) await this.stop(part);
  }

  private async stop({ name, close }: Part): Promise<void> {
    const patience = new AbortController();
    const tooLong = delay(LONGEST_CLOSE_MS, undefined, { signal: patience.signal }).then(() => {
      throw new Error(`it did not end within ${LONGEST_CLOSE_MS / 1000} s`);
    });
    try {
      await Promise.race([close(), tooLong]);
    } catch (error) {
      this.say(`Stopping ${name}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      patience.abort();
      await tooLong.catch(() => undefined);
    }
  }
}
