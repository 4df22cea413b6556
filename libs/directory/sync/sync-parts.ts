import { Inject, Injectable } from '@nestjs/common';
import { CustomerReading } from '../customers/customer-reading.js';
import { IdentityLookup } from './identity-lookup.js';
import { MatchStore } from './match.store.js';

/** What a sync is put together from. */
@Injectable()
export class SyncParts {
  constructor(
    @Inject(MatchStore) readonly matches: MatchStore,
    @Inject(IdentityLookup) readonly lookup: IdentityLookup,
    @Inject(CustomerReading) readonly customers: CustomerReading,
  ) {}
}
