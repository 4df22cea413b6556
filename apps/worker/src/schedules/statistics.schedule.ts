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
import { RecountStore, StatFoldStore, type CountedMinute } from '#libs/insight';

const FOLD_EVERY_MS = 1_000;
const KEEP_EVERY_MS = 600_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Hours that are counted again every night: what changes later is rare, and counted then. */
const NIGHTLY_HOURS = 72;
const SHOWN_DIFFERENCES = 5;
/** Past midnight in Asia/Shanghai plus two hours: the least is sent then. */
const NIGHT_UTC_HOUR = 18;

/** Folds, counts again and forgets figures. Safe in every worker at once: locks in PostgreSQL keep them apart. */
@Injectable()
export class StatisticsSchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(StatisticsSchedule.name);
  private timer: NodeJS.Timeout | undefined;
  private folding: Promise<void> = Promise.resolve();
  private counting: Promise<void> | undefined;
  private stopped = false;
  private failing = false;

  constructor(
    @Inject(StatFoldStore) private readonly folds: StatFoldStore,
    @Inject(RecountStore) private readonly recounts: RecountStore,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.folding;
    await this.counting;
  }

  /** What a night owes is asked for once, whichever worker is first; what is owed is counted. */
  @Interval(60_000)
  async recount(): Promise<void> {
    this.counting ??= this.countAll().finally(() => (this.counting = undefined));
    await this.counting;
  }

  @Interval(KEEP_EVERY_MS)
  async forget(): Promise<void> {
    try {
      while (!this.stopped && (await this.folds.forgetPage()) > 0);
      await this.recounts.forget(this.config.stats.minuteDays);
    } catch (error) {
      this.logger.warn(`Old figures could not be deleted: ${String(error)}`);
    }
  }

  private async countAll(): Promise<void> {
    try {
      await this.recounts.askNightly(this.lastNight(), NIGHTLY_HOURS, this.config.stats.minuteDays);
      while (!this.stopped) {
        const counted = await this.recounts.countNext();
        if (!counted) return;
        this.tell(counted);
      }
    } catch (error) {
      this.logger.warn(`Figures could not be counted again: ${String(error)}`);
    }
  }

  /** A difference is a fault in what appends deltas, unless the minute was never counted before. */
  private tell({ differences, isHistory, minute }: CountedMinute): void {
    if (isHistory || differences.length === 0) return;
    const some = JSON.stringify(differences.slice(0, SHOWN_DIFFERENCES));
    this.logger.warn(`${differences.length} figures of ${minute.toISOString()} were wrong and are put right: ${some}`);
  }

  /** The last time that the hour of the night has passed. */
  private lastNight(): Date {
    const now = this.clock.now().getTime();
    const night = Math.floor(now / DAY_MS) * DAY_MS + NIGHT_UTC_HOUR * HOUR_MS;
    return new Date(night <= now ? night : night - DAY_MS);
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.folding = this.fold();
    }, FOLD_EVERY_MS);
  }

  private async fold(): Promise<void> {
    try {
      await this.folds.fold();
      this.failing = false;
    } catch (error) {
      // Said once per outage: the next fold is a second away, and no figure is lost meanwhile.
      if (!this.failing) this.logger.warn(`Figures could not be folded: ${String(error)}`);
      this.failing = true;
    }
    this.schedule();
  }
}
