import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { CLOCK, type Clock } from '#libs/core';
import { Batcher, Database } from '#libs/database';

const WRITE_EVERY_MS = 60_000;
const MAX_REMEMBERED = 10_000;

/** Remembers when a key was used last: written at most once a minute and key, many keys in one statement. */
@Injectable()
export class KeyUsage implements BeforeApplicationShutdown {
  private readonly writtenAtMs = new Map<string, number>();
  private readonly batcher: Batcher<string, undefined>;

  constructor(
    @Inject(Database) database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.batcher = new Batcher({
      name: 'key uses',
      keyOf: (id) => id,
      maxBatch: 500,
      maxWaiting: MAX_REMEMBERED,
      run: async (ids) => {
        await database.query('UPDATE api_key SET last_used_at = now() WHERE id = ANY($1::uuid[])', [ids]);
        return ids.map(() => undefined);
      },
    });
  }

  /** Never waits and never fails: a lost use is written by the next one. */
  note(keyId: string): void {
    const nowMs = this.clock.monotonicMs();
    if (nowMs - (this.writtenAtMs.get(keyId) ?? -Infinity) < WRITE_EVERY_MS) return;
    if (this.writtenAtMs.size >= MAX_REMEMBERED) this.writtenAtMs.clear();
    this.writtenAtMs.set(keyId, nowMs);
    this.batcher.add(keyId).catch(() => this.writtenAtMs.delete(keyId));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.batcher.drain();
  }
}
