import { Inject, Injectable } from '@nestjs/common';
import type { FamilyName } from '#libs/channels';
import { Batcher, Database, UnnestTable } from '#libs/database';
import { canonicalNativeId } from './canonical.js';

/** A vendor does not know somebody any more. */
export interface IdentityRefusal {
  readonly family: FamilyName;
  readonly providerUserId: string;
  /** Code of the reason catalogue. */
  readonly reason: string;
}

const refusals = new UnnestTable<IdentityRefusal>('k', {
  family: ['text', ({ family }) => family],
  key: ['text', ({ family, providerUserId }) => canonicalNativeId(family, providerUserId)],
  reason: ['text', ({ reason }) => reason],
});

const MARK = `
  UPDATE identity i SET stale_at = now(), stale_reason = k.reason FROM ${refusals.from(1)}
  WHERE i.family = k.family AND i.key = k.key AND i.stale_at IS NULL`;

/** What vendors refuse is not tried again, until a sync or a login has seen it. */
@Injectable()
export class IdentityFeedback {
  private readonly batcher: Batcher<IdentityRefusal, undefined>;

  constructor(@Inject(Database) private readonly database: Database) {
    this.batcher = new Batcher({
      name: 'refused identities',
      keyOf: ({ family, providerUserId }) => `${family} ${canonicalNativeId(family, providerUserId)}`,
      maxBatch: 500,
      maxWaiting: 10_000,
      run: async (batch) => {
        await this.database.query(MARK, refusals.values(batch));
        return batch.map(() => undefined);
      },
    });
  }

  async note(refused: readonly IdentityRefusal[]): Promise<void> {
    await Promise.all(refused.map((refusal) => this.batcher.add(refusal)));
  }
}
