import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Rejection } from './rejection.js';
import { RejectionStore } from './rejection.store.js';

const PAUSE_MS = 1_000;
/** Most that are kept of a second: a flood of faulty requests must not become one of writes. */
const MOST_PER_PASS = 100;

/**
 * Notes refused requests beside their answers, which wait for nothing: at most a hundred a second and process, written
 * together. What is over that, or cannot be written, is counted in the log.
 */
@Injectable()
export class RejectionLog implements BeforeApplicationShutdown {
  private readonly logger = new Logger(RejectionLog.name);
  private waiting: Rejection[] = [];
  private dropped = 0;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(@Inject(RejectionStore) private readonly store: RejectionStore) {}

  note(rejection: Rejection): void {
    if (this.waiting.length >= MOST_PER_PASS) {
      this.dropped += 1;
      return;
    }
    this.waiting.push(rejection);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, PAUSE_MS).unref();
  }

  /** Resolves when everything noted so far is written. */
  flush(): Promise<void> {
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.flush();
  }

  private async write(): Promise<void> {
    const rows = this.waiting.splice(0);
    const lost = this.dropped;
    this.dropped = 0;
    if (rows.length > 0) {
      await this.store.insert(rows).catch((error: unknown) => {
        this.logger.warn(`${rows.length} refused requests were not recorded: ${String(error)}`);
      });
    }
    if (lost > 0) this.logger.warn(`${lost} refused requests were too many to be recorded`);
  }
}
