import { Inject, Injectable } from '@nestjs/common';
import type { CustomerSupport, ListedCustomer, ProviderCall } from '#libs/channels';
import { ConflictError, PermanentDeliveryError } from '#libs/core';
import type { ClaimedSync, Tally } from '../sync/sync.store.js';
import { refuseTooManyGone } from '../sync/too-many-gone.js';
import { CustomerStore, type SeenCustomer } from './customer.store.js';

/** Tags whose names one reading asks for; the rest follow in the next one. */
const MOST_TAGS = 500;

export interface CustomerReadingParts {
  readonly sync: ClaimedSync;
  readonly support: CustomerSupport;
  readonly tally: Tally;
  readonly ask: <T>(question: (call: ProviderCall) => Promise<T>) => Promise<T>;
}

/** Reads the customers of the staff, page by page; who is not seen any more is gone. */
@Injectable()
export class CustomerReading {
  constructor(@Inject(CustomerStore) private readonly customers: CustomerStore) {}

  /** @throws ConflictError `directory_empty`, `too_many_gone`; what the channel throws */
  async run(parts: CustomerReadingParts): Promise<void> {
    const { ask, support, sync, tally } = parts;
    const members = await ask((call) => support.listMembers(call));
    tally.members = members.length;
    if (members.length === 0) throw new ConflictError('directory_empty', 'No member may have customers');
    for (let first = 0; first < members.length; first += support.membersPerCall) {
      await this.readPages(parts, members.slice(first, first + support.membersPerCall));
    }
    tally.tags = await this.nameTags(parts);
    const { all, gone } = await this.customers.countGone(sync);
    tally.gone = gone;
    refuseTooManyGone(sync, gone, all);
    if (gone > 0) await this.customers.retire(sync);
  }

  private async readPages(
    { ask, support, sync, tally }: CustomerReadingParts,
    members: readonly string[],
  ): Promise<void> {
    let cursor: string | undefined;
    do {
      const { customers, nextCursor } = await ask((call) => support.listCustomers(call, members, cursor));
      const created = await this.customers.write(sync, merged(customers));
      tally.read = (tally.read ?? 0) + customers.length;
      tally.created = (tally.created ?? 0) + created;
      cursor = nextCursor;
    } while (cursor !== undefined);
  }

  /** Lists tell ids only; one customer who bears a tag tells the names of all of theirs. */
  private async nameTags({ ask, support, sync }: CustomerReadingParts): Promise<number> {
    const named = new Set<string>();
    for (const { customer, tag } of await this.customers.listUnnamedTags(sync.account, MOST_TAGS)) {
      if (named.has(tag)) continue;
      const tags = await ask((call) => support.describeTags(call, customer)).catch((error: unknown) => {
        // The customer has left since: the next reading asks another one.
        if (error instanceof PermanentDeliveryError) return [];
        throw error;
      });
      await this.customers.nameTags(sync.account, tags);
      for (const { id } of tags) named.add(id);
    }
    return named.size;
  }
}

/** A page may hold a customer once for each member. */
function merged(entries: readonly ListedCustomer[]): readonly SeenCustomer[] {
  const byId = new Map<string, SeenCustomer>();
  for (const { follower, id, ...customer } of entries) {
    const { addedAt, remark, tagIds, user } = follower;
    const own = { user, remark, tags: tagIds, addedAt: addedAt?.toISOString() ?? null };
    const known = byId.get(id);
    byId.set(id, { id, ...customer, followers: [...(known?.followers ?? []), own] });
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
