import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CallbackStore, CardCodeStore } from '#libs/messages';

const EVERY_MS = 3_600_000;

/** Forgets codes of cards and callbacks that no longer count. Safe in every worker at once. */
@Injectable()
export class CardHousekeepingSchedule {
  private readonly logger = new Logger(CardHousekeepingSchedule.name);

  constructor(
    @Inject(CardCodeStore) private readonly codes: CardCodeStore,
    @Inject(CallbackStore) private readonly callbacks: CallbackStore,
  ) {}

  @Interval(EVERY_MS)
  async run(): Promise<void> {
    try {
      await this.codes.purge();
      await this.callbacks.purge();
    } catch (error) {
      this.logger.warn(`Housekeeping of cards failed: ${String(error)}`);
    }
  }
}
