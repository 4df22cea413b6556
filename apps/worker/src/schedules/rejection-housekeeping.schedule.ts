import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CLOCK, type Clock } from '#libs/core';
import { RejectionStore } from '#libs/insight';

const EVERY_MS = 600_000;

/** Forgets refused requests that are older than a week. Safe in every worker at once. */
@Injectable()
export class RejectionHousekeepingSchedule {
  private readonly logger = new Logger(RejectionHousekeepingSchedule.name);

  constructor(
    @Inject(RejectionStore) private readonly rejections: RejectionStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Interval(EVERY_MS)
  async run(): Promise<void> {
    try {
      await this.rejections.purge(this.clock.now());
    } catch (error) {
      this.logger.warn(`Housekeeping of refused requests failed: ${String(error)}`);
    }
  }
}
