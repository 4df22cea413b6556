import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CLOCK, type Clock } from '#libs/core';
import { Database, createPartitions } from '#libs/database';
import { DedupeStore, KeyStore } from '#libs/messages';

const EVERY_MS = 600_000;

/** Makes the partitions of the months ahead and forgets keys that no longer count. Safe in every worker at once. */
@Injectable()
export class HousekeepingSchedule implements OnApplicationBootstrap {
  private readonly logger = new Logger(HousekeepingSchedule.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DedupeStore) private readonly dedupe: DedupeStore,
    @Inject(KeyStore) private readonly keys: KeyStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    void this.run();
  }

  @Interval(EVERY_MS)
  async run(): Promise<void> {
    await this.attempt('partitions', () => createPartitions((sql) => this.database.query(sql), this.clock.now()));
    await this.attempt('dedupe claims', () => this.dedupe.purge(this.clock.now()));
    await this.attempt('idempotency keys', () => this.keys.purgeIdempotency());
  }

  private async attempt(what: string, work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => this.logger.warn(`Housekeeping of ${what} failed: ${String(error)}`));
  }
}
