export { canonicalEmail, canonicalMobile, canonicalNativeId } from './canonical.js';
export {
  ConflictStore,
  RESOLUTIONS,
  type DirectoryConflict,
  type Resolution,
  type ResolveWish,
} from './conflicts/conflict.store.js';
export {
  CustomerStore,
  type CustomerFilter,
  type CustomerRecord,
  type CustomerTagCount,
} from './customers/customer.store.js';
export { DirectoryModule } from './directory.module.js';
export { IdentityFeedback, type IdentityRefusal } from './identity-feedback.js';
export { PeopleImport, type ImportReport } from './import/people-import.service.js';
export { LoginService, type LoginAnswer, type LoginWish } from './login/login.service.js';
export { PERSON_LIMITS, personFault } from './person-rules.js';
export type { NewIdentity, Person, PersonFields, PersonIdentity } from './person.js';
export { PeopleStore, type PeopleFilter } from './people.store.js';
export { RecipientResolver, type NamedRecipient, type ResolvedRecipient } from './recipient-resolver.js';
export { DirectorySyncService } from './sync/directory-sync.service.js';
export { CONFLICT_KINDS } from './sync/match-people.js';
export { SYNC_COUNTS, SYNC_STATUSES, SyncStore, type DirectorySync, type SyncCounts } from './sync/sync.store.js';
