export { AccessTokenEntity } from './access-token.entity.js';
export { AccountBreaker } from './account-breaker.js';
export { AccountCaller } from './account-caller.js';
export { AccountDoctor, type AccountCheck } from './account-doctor.js';
export { AccountGates, refusalText } from './account-gates.js';
export { CONTRACT_LIMITS } from './account-limits.js';
export { AccountOperations, type SharedToken } from './account-operations.js';
export { AccountReader } from './account-reader.js';
export { sealedAccountRows } from './account-secrets.js';
export { AccountVault, MASK } from './account-vault.js';
export { AccountEntity } from './account.entity.js';
export type { AccountUsage } from './account-usage.js';
export {
  MOST_REMEMBERED,
  appliedLimits,
  defaultLimits,
  isCounted,
  reserveSql,
  slotFreshMs,
  type AppliedLimit,
  type LimitPeriod,
} from './limits/applied-limits.js';
export { LimitLedger, roomFor, type AccountQuota, type LimitUsage } from './limits/limit-ledger.js';
export { firstSlotSql, lengthSql, sinceSql, usedSql } from './limits/ledger.sql.js';
export { Limiter } from './limits/limiter.js';
export type { RecipientWait, SlotAnswer, SlotRequest, SlotWait, TakenSlots } from './limits/slot.js';
export { SlotStore } from './limits/slot.store.js';
export { AccountsModule } from './accounts.module.js';
export type { AccountDescription, AccountHealth, TokenDescription } from './account-description.js';
export { AccountsService, type UpdateOptions, type UpdatedAccount } from './accounts.service.js';
export type { AccountFilter, AccountPosition } from './accounts.repository.js';
export { CompatAccess, type CompatChannel, type CompatSender } from './compat/compat-access.js';
export { CardUpdater } from './card-updater.js';
export {
  providerCallFor,
  type AccountLimits,
  type AccountStatus,
  type PausedBy,
  type SendingAccount,
} from './sending-account.js';
export { QueueGates, type PausedQueue } from './queue-gates.js';
export { TokenService, type AccessToken } from './token.service.js';
