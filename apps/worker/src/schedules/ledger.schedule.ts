import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { SlotStore } from '#libs/accounts';

const EVERY_MS = 600_000;

/** Forgets people in the ledger of calls who were not sent anything for days. Safe in every worker at once. */
@Injectable()
export class LedgerSchedule {
  private readonly logger = new Logger(LedgerSchedule.name);

  constructor(@Inject(SlotStore) private readonly slots: SlotStore) {}

  @Interval(EVERY_MS)
  async run(): Promise<void> {
    await this.slots.purge().catch((error: unknown) => {
      this.logger.warn(`The ledger of calls was not cleared: ${String(error)}`);
    });
  }
}
