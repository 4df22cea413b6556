import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { CLOCK, type Clock } from '#libs/core';
import { Batcher, Database } from '#libs/database';
import type { Identity } from './identity.js';
import { KeyBudget } from './key-budget.js';
import { KeyCalls } from './key-calls.js';
import { REQUEST_LIMITS, type KeyLimitName } from './key-limits.js';
import { KeyLimitError } from './security-errors.js';

const WRITE_EVERY_MS = 60_000;
const MAX_REMEMBERED = 10_000;

/** What keys use: held against their limits, counted by day, and remembered with the time of the last use. */
@Injectable()
export class KeyUsage implements BeforeApplicationShutdown {
  private readonly writtenAtMs = new Map<string, number>();
  private readonly batcher: Batcher<string, undefined>;

  constructor(
    @Inject(Database) database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(KeyBudget) private readonly budget: KeyBudget,
    @Inject(KeyCalls) private readonly calls: KeyCalls,
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

  /**
   * A request with a key. Waits only when this process has nothing left of a limit that the key has.
   * @throws KeyLimitError
   */
  async admit(identity: Identity): Promise<void> {
    if (identity.keyId === undefined) return;
    this.note(identity.keyId);
    this.calls.count(identity.keyId, 'requests');
    for (const name of REQUEST_LIMITS) await this.take(identity, name, 1);
  }

  /**
   * Runs what addresses so many recipients; those that `acceptedOf` leaves out are not used up, neither are any when it
   * throws.
   * @throws KeyLimitError before it runs
   */
  async addressing<T>(
    identity: Identity,
    recipients: number,
    run: () => Promise<T>,
    acceptedOf: (done: T) => number = () => recipients,
  ): Promise<T> {
    await this.take(identity, 'recipientsPerDay', recipients);
    let accepted = 0;
    try {
      const done = await run();
      accepted = acceptedOf(done);
      return done;
    } finally {
      this.budget.putBack(identity, 'recipientsPerDay', recipients - accepted);
      if (identity.keyId !== undefined && accepted > 0) this.calls.count(identity.keyId, 'recipients', accepted);
    }
  }

  private async take(identity: Identity, name: KeyLimitName, amount: number): Promise<void> {
    try {
      await this.budget.take(identity, name, amount);
    } catch (error) {
      if (error instanceof KeyLimitError && identity.keyId !== undefined) this.calls.count(identity.keyId, 'refused');
      throw error;
    }
  }

  /** Never waits and never fails: a lost use is written by the next one. */
  private note(keyId: string): void {
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
