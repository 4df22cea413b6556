import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { NotFoundError, ValidationError } from '#libs/core';
import { DirectorySyncService, SyncStore } from '#libs/directory';

const INTERVAL_MS = 2_000;
const LOOK_FOR_DUE_MS = 60_000;

/**
 * Reads vendors' address books: those asked for, and those of the configuration as often as it says. Runs in every worker;
 * a claim in PostgreSQL gives each reading to one. A pass begins two seconds after the last one ended.
 */
@Injectable()
export class DirectorySchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DirectorySchedule.name);
  private readonly stop = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private failing = false;

  constructor(
    @Inject(DirectorySyncService) private readonly service: DirectorySyncService,
    @Inject(SyncStore) private readonly syncs: SyncStore,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  /** A reading under way is handed back: another worker begins it anew. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    clearTimeout(this.timer);
    await this.running;
  }

  @Interval(LOOK_FOR_DUE_MS)
  async requestDue(): Promise<void> {
    const { accounts, everyHours } = this.config.directorySync;
    if (accounts.length === 0 || this.stop.signal.aborted) return;
    try {
      for (const account of await this.syncs.listDue(accounts, everyHours)) await this.request(account);
    } catch (error) {
      this.logger.warn(`Syncs of the directory could not be planned: ${String(error)}`);
    }
  }

  private async request(account: string): Promise<void> {
    try {
      await this.service.request({ account, trigger: 'schedule' });
    } catch (error) {
      if (!(error instanceof NotFoundError) && !(error instanceof ValidationError)) throw error;
      this.logger.warn(`The directory cannot be read through the account "${account}": ${error.message}`);
    }
  }

  private schedule(): void {
    if (this.stop.signal.aborted) return;
    this.timer = setTimeout(() => {
      this.running = this.pass();
    }, INTERVAL_MS);
  }

  private async pass(): Promise<void> {
    try {
      while (!this.stop.signal.aborted && (await this.service.runNext(this.stop.signal)));
      this.failing = false;
    } catch (error) {
      // Said once per outage: the next pass is two seconds away.
      if (!this.failing) this.logger.warn(`The directory could not be kept in step: ${String(error)}`);
      this.failing = true;
    }
    this.schedule();
  }
}
