import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts';
import { DatabaseModule } from '#libs/database';
import { ConflictStore } from './conflicts/conflict.store.js';
import { CustomerReading } from './customers/customer-reading.js';
import { CustomerStore } from './customers/customer.store.js';
import { IdentityFeedback } from './identity-feedback.js';
import { PeopleImport } from './import/people-import.service.js';
import { LoginService } from './login/login.service.js';
import { PeopleStore } from './people.store.js';
import { RecipientResolver } from './recipient-resolver.js';
import { DirectorySyncService } from './sync/directory-sync.service.js';
import { IdentityLookup } from './sync/identity-lookup.js';
import { LookupStore } from './sync/lookup.store.js';
import { MatchStore } from './sync/match.store.js';
import { SyncParts } from './sync/sync-parts.js';
import { SyncStore } from './sync/sync.store.js';

const FACE = [
  ConflictStore,
  CustomerStore,
  DirectorySyncService,
  IdentityFeedback,
  LoginService,
  PeopleImport,
  PeopleStore,
  RecipientResolver,
  SyncStore,
];

/** Who is whom at which vendor. */
@Module({
  imports: [AccountsModule, DatabaseModule],
  providers: [...FACE, CustomerReading, IdentityLookup, LookupStore, MatchStore, SyncParts],
  exports: FACE,
})
export class DirectoryModule {}
