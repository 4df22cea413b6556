import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { CLOCK, type Clock } from '#libs/core';
import { WebhookQueueStore, WebhookSender } from '#libs/webhooks';

const INTERVAL_MS = 500;
const PURGE_EVERY_MS = 600_000;
const DAY_MS = 86_400_000;
const KEPT_DAYS = 30;

/**
 * Tells business systems what they are owed. Runs in every worker; leases in PostgreSQL keep them apart. Looks again half
 * a second after the last look, and at once when a call has ended.
 */
@Injectable()
export class WebhookSchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WebhookSchedule.name);
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  private failing = false;

  constructor(
    @Inject(WebhookSender) private readonly sender: WebhookSender,
    @Inject(WebhookQueueStore) private readonly queue: WebhookQueueStore,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.look();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
    await this.sender.stop();
  }

  /** Events are forgotten after 30 days, or with the contents of messages. */
  @Interval(PURGE_EVERY_MS)
  async purge(): Promise<void> {
    const days = Math.min(KEPT_DAYS, this.config.retention.contentDays);
    const before = new Date(this.clock.now().getTime() - days * DAY_MS);
    try {
      while (!this.stopped && (await this.queue.purgeSome(before)));
    } catch (error) {
      this.logger.warn(`Old events of webhooks could not be deleted: ${String(error)}`);
    }
  }

  private look(): void {
    if (this.stopped) return;
    if (this.looking) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    this.looking = this.begin().finally(() => {
      this.looking = undefined;
      if (this.stopped) return;
      this.timer = setTimeout(() => this.look(), this.again ? 0 : INTERVAL_MS);
      this.again = false;
    });
  }

  private async begin(): Promise<void> {
    try {
      await this.sender.begin(() => this.look());
      this.failing = false;
    } catch (error) {
      // Said once per outage: the next look is half a second away.
      if (!this.failing) this.logger.warn(`Webhooks go on later: ${String(error)}`);
      this.failing = true;
    }
  }
}
