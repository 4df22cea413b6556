import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { CLOCK, type Clock } from '#libs/core';
import { ImportRunner } from '#libs/imports';

const EVERY_MS = 500;
const PURGE_EVERY_MS = 600_000;
const DAY_MS = 86_400_000;

/** Checks and sends what was imported, and removes lines that are no longer kept. Safe in every worker at once. */
@Injectable()
export class ImportSchedule implements BeforeApplicationShutdown {
  private readonly logger = new Logger(ImportSchedule.name);
  private running: Promise<void> | undefined;
  private purging: Promise<void> | undefined;

  constructor(
    @Inject(ImportRunner) private readonly runner: ImportRunner,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Interval(EVERY_MS)
  tick(): void {
    this.running ??= this.runner
      .runDue()
      .catch((error: unknown) => this.logger.warn(`Imports go on later: ${String(error)}`))
      .finally(() => (this.running = undefined));
  }

  /** Lines are content: they are kept as long as it is. */
  @Interval(PURGE_EVERY_MS)
  purge(): void {
    const { contentDays } = this.config.retention;
    const before = contentDays === Infinity ? undefined : new Date(this.clock.now().getTime() - contentDays * DAY_MS);
    this.purging ??= this.runner
      .purge(before)
      .catch((error: unknown) => this.logger.warn(`Retention of imports failed: ${String(error)}`))
      .finally(() => (this.purging = undefined));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.runner.stop();
    await Promise.all([this.running, this.purging]);
  }
}
