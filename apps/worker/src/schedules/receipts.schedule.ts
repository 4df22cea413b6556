import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ReceiptCollector } from '#libs/dispatch';
import { ReceiptPollStore } from '#libs/messages';

const INTERVAL_MS = 1_000;
const PURGE_EVERY_MS = 600_000;

/**
 * Asks vendors what became of sent messages. Runs in every worker; leases in PostgreSQL keep them apart. A pass begins a
 * second after the last one ended.
 */
@Injectable()
export class ReceiptsSchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ReceiptsSchedule.name);
  private readonly stop = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private failing = false;

  constructor(
    @Inject(ReceiptCollector) private readonly collector: ReceiptCollector,
    @Inject(ReceiptPollStore) private readonly polls: ReceiptPollStore,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  /** Ends the calls under way; what they asked for is due again at once. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    clearTimeout(this.timer);
    await this.running;
  }

  @Interval(PURGE_EVERY_MS)
  async purge(): Promise<void> {
    await this.polls
      .purge()
      .catch((error: unknown) => this.logger.warn(`Questions that are over could not be deleted: ${String(error)}`));
  }

  private schedule(): void {
    if (this.stop.signal.aborted) return;
    this.timer = setTimeout(() => {
      this.running = this.pass();
    }, INTERVAL_MS);
  }

  private async pass(): Promise<void> {
    try {
      await this.collector.collect(this.stop.signal);
      this.failing = false;
    } catch (error) {
      // Said once per outage: the next pass is a second away.
      if (!this.failing) this.logger.warn(`Receipts could not be collected: ${String(error)}`);
      this.failing = true;
    }
    this.schedule();
  }
}
