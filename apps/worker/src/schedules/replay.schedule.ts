import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ReplayJobService } from '#libs/messages';

const EVERY_MS = 1_000;

/** Takes replays of failed deliveries on, at their rates. Safe in every worker at once. */
@Injectable()
export class ReplaySchedule implements BeforeApplicationShutdown {
  private readonly logger = new Logger(ReplaySchedule.name);
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(@Inject(ReplayJobService) private readonly jobs: ReplayJobService) {}

  @Interval(EVERY_MS)
  tick(): void {
    if (this.running || this.stopped) return;
    this.running = this.jobs
      .runDue()
      .catch((error: unknown) => this.logger.warn(`Replays go on later: ${String(error)}`))
      .finally(() => (this.running = undefined));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.running;
  }
}
