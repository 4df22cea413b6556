import { Inject, Injectable } from '@nestjs/common';
import { Batcher, Database, UnnestTable } from '#libs/database';
import type { HeldDelivery } from './claim.store.js';

/** What the vendor calls recipients of a delivery that are written otherwise. */
export interface ResolvedIds {
  readonly delivery: HeldDelivery;
  readonly ids: readonly { readonly rowNo: number; readonly providerUserId: string }[];
}

interface ResolvedRow extends HeldDelivery {
  readonly rowNo: number;
  readonly providerUserId: string;
}

const rows = new UnnestTable<ResolvedRow>('k', {
  message_id: ['uuid', ({ messageId }) => messageId],
  no: ['integer', ({ no }) => no],
  fence: ['integer', ({ fence }) => fence],
  row_no: ['integer', ({ rowNo }) => rowNo],
  provider_user_id: ['text', ({ providerUserId }) => providerUserId],
});

const WRITE = `
  UPDATE recipient r SET provider_user_id = k.provider_user_id
  FROM ${rows.from(1)} JOIN delivery d ON d.message_id = k.message_id AND d.no = k.no AND d.fence = k.fence
  WHERE r.message_id = k.message_id AND r.row_no = k.row_no AND r.delivery_no = k.no AND r.status = 'pending'
    AND r.provider_user_id IS DISTINCT FROM k.provider_user_id`;

/** Keeps the ids under which people were written to: receipts name them by these. One statement for many deliveries. */
@Injectable()
export class ResolvedIdStore {
  private readonly batcher: Batcher<ResolvedIds, undefined>;

  constructor(@Inject(Database) private readonly database: Database) {
    this.batcher = new Batcher({
      name: 'resolved recipients',
      keyOf: ({ delivery: { messageId, no } }) => `${messageId}.${no}`,
      maxBatch: 100,
      maxWaiting: 10_000,
      lanes: 2,
      run: async (batch) => {
        const all = batch.flatMap(({ delivery: { fence, messageId, no }, ids }) =>
          ids.map((id) => ({ messageId, no, fence, ...id })),
        );
        await this.database.query(WRITE, rows.values(all));
        return batch.map(() => undefined);
      },
    });
  }

  async write(resolved: ResolvedIds): Promise<void> {
    if (resolved.ids.length > 0) await this.batcher.add(resolved);
  }
}
