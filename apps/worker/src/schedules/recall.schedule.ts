import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CorrectionService, RangeRecallService } from '#libs/messages';

const EVERY_MS = 500;

/** Finds the messages of recalls by template and time, and sends the corrections that recalls owe. Safe in every worker. */
@Injectable()
export class RecallSchedule {
  private readonly logger = new Logger(RecallSchedule.name);
  private running = false;
  private failing = false;

  constructor(
    @Inject(RangeRecallService) private readonly ranges: RangeRecallService,
    @Inject(CorrectionService) private readonly corrections: CorrectionService,
  ) {}

  @Interval(EVERY_MS)
  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    const scanned = await this.attempt(() => this.ranges.advance());
    const corrected = await this.attempt(async () => (await this.corrections.sendDue()) > 0);
    this.failing = !scanned || !corrected;
    this.running = false;
  }

  /** Repeats the work while there is more; false when it failed. */
  private async attempt(work: () => Promise<boolean>): Promise<boolean> {
    try {
      while (await work());
      return true;
    } catch (error) {
      // Said once per outage: the next pass is half a second away.
      if (!this.failing) this.logger.warn(`Recalls do not get on and are tried again: ${String(error)}`);
      return false;
    }
  }
}
