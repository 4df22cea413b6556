import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { FallbackService } from '#libs/messages';

const EVERY_MS = 500;
const PER_PASS = 200;

/**
 * Looks at deliveries whose time to fall back has come. Apart from the sweep, which publishes: each look is a transaction
 * of its own. Safe in every worker at once.
 */
@Injectable()
export class FallbackSchedule implements BeforeApplicationShutdown {
  private readonly logger = new Logger(FallbackSchedule.name);
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(@Inject(FallbackService) private readonly fallbacks: FallbackService) {}

  @Interval(EVERY_MS)
  tick(): void {
    if (this.running || this.stopped) return;
    this.running = this.fallbacks
      .sweep(PER_PASS)
      .then(
        () => undefined,
        (error: unknown) => this.logger.warn(`Fallbacks go on later: ${String(error)}`),
      )
      .finally(() => (this.running = undefined));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.running;
  }
}
