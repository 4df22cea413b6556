import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { CLOCK, type Clock } from '#libs/core';
import { ContentPurgeStore, MonthDropStore } from '#libs/messages';

const EVERY_MS = 600_000;
const DAY_MS = 86_400_000;

/** Removes what is older than it is kept: content first, then whole months. Safe in every worker at once. */
@Injectable()
export class RetentionSchedule implements BeforeApplicationShutdown {
  private readonly logger = new Logger(RetentionSchedule.name);
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(
    @Inject(ContentPurgeStore) private readonly contents: ContentPurgeStore,
    @Inject(MonthDropStore) private readonly months: MonthDropStore,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Interval(EVERY_MS)
  async run(): Promise<void> {
    if (this.running) return;
    this.running = this.pass();
    await this.running;
    this.running = undefined;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async pass(): Promise<void> {
    const { contentDays, messageDays } = this.config.retention;
    await this.attempt('months', () => this.dropMonths(messageDays));
    await this.attempt('content', () => this.purge(contentDays));
  }

  private async dropMonths(days: number): Promise<void> {
    if (days === Infinity) return;
    for (const month of await this.months.listExpired(this.before(days))) {
      const outcome = await this.months.drop(month);
      if (outcome === 'dropped') this.logger.log(`Dropped the messages of ${month.name}, kept for ${days} days`);
      else this.logger.debug(`The messages of ${month.name} are not dropped yet: ${outcome}`);
    }
  }

  private async purge(days: number): Promise<void> {
    if (days === Infinity) return;
    while (!this.stopped && (await this.contents.purgePage(this.before(days))) > 0);
    while (!this.stopped && (await this.contents.purgeCorrections(this.before(days))) > 0);
  }

  private before(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MS);
  }

  private async attempt(what: string, work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => this.logger.warn(`Retention of ${what} failed: ${String(error)}`));
  }
}
