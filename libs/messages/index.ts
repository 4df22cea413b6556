export { CallbackService, type CallbackResult, type TakenCallback } from './callbacks/callback.service.js';
export { CallbackStore } from './callbacks/callback.store.js';
export { CardCodeStore, sealedCardCodes } from './cards/card-code.store.js';
export { sealedDeliveryCodes } from './delivery/response-code.js';
export { CardUpdateService } from './cards/card-update.service.js';
export { shownResult, type CardUpdateRequest, type CardUpdateResult } from './cards/card-update.js';
export { CardsModule } from './cards/cards.module.js';
export { CancelStore, type CancelReason, type CanceledDelivery } from './control/cancel.store.js';
export { EventStore, type MessageEvent } from './control/event.store.js';
export {
  IGNORABLE_RULES,
  REPLAYABLE,
  ReplayService,
  type IgnorableRule,
  type ReplayPreview,
  type ReplayRequest,
} from './control/replay.service.js';
export { SendNowStore } from './control/send-now.store.js';
export { RESOLUTIONS, ResolveService, type Resolution, type ResolveRequest } from './control/resolve.service.js';
export type { DeadLetter, DeadLetterCount, DeadLetterFilter, DeadLetterPosition } from './dead-letters/dead-letter.js';
export { DeadLetterReader } from './dead-letters/dead-letter.reader.js';
export type { ReplayJob, ReplayJobStatus } from './dead-letters/replay-job.js';
export { ReplayJobService } from './dead-letters/replay-job.service.js';
export { ReplayJobStore } from './dead-letters/replay-job.store.js';
export { dedupeKey, repeatKey, type DedupeRule } from './dedupe/dedupe-key.js';
export {
  DedupeStore,
  NOTED_SECONDS,
  type ClaimAnswer,
  type DedupeClaim,
  type SendNote,
} from './dedupe/dedupe.store.js';
export { LEASE_MS, deliveryId, type ClaimedDelivery, type ClaimedRecipient } from './delivery/claimed-delivery.js';
export type {
  AttemptOutcome,
  AttemptRecord,
  ClaimSettlement,
  DeliveryOutcome,
  OutcomeAnswer,
  RecipientOutcome,
} from './delivery/delivery-outcome.js';
export { LeaseKeeper, type Lease } from './delivery/lease-keeper.js';
export { ResolvedIdStore, type ResolvedIds } from './delivery/resolved-id.store.js';
export { OutcomeStore } from './delivery/outcome.store.js';
export { SplitStore, type Split } from './delivery/split.store.js';
export { FallbackService } from './fallback/fallback.service.js';
export { finalMessageStatus, type RecipientCounts } from './message-status.js';
export { MessagesModule } from './messages.module.js';
export { checkParams, type Params } from './params.js';
export {
  PRIORITIES,
  priorityName,
  type MessagePlan,
  type PlannedContent,
  type PlannedDelivery,
  type PlannedRecipient,
  type Priority,
  type SendRequest,
} from './plan/message-plan.js';
export { quietUntil } from './quiet-hours.js';
export { AttemptReader, type AttemptPosition } from './read/attempt.reader.js';
export { BalanceReader, type Balance, type BalanceCounts } from './read/balance.reader.js';
export { BacklogReader, type Backlog } from './read/backlog.reader.js';
export { ContentReader, type DeliveryContent } from './read/content.reader.js';
export { MAX_SHOWN_DELIVERIES, type MessageRow } from './read/message-rows.js';
export type {
  AttemptView,
  DeliveryView,
  MessageView,
  ProviderView,
  RecipientView,
  TimelineEvent,
} from './read/message-view.js';
export type { MessageFilter, Visibility } from './read/message-filter.js';
export { MessageReader } from './read/message.reader.js';
export { ProviderWords, type Reader } from './read/provider-words.js';
export { RecipientReader, type RecipientGroup } from './read/recipient.reader.js';
export { TimelineReader } from './read/timeline.reader.js';
export { DryRunReader } from './read/dry-run.reader.js';
export { viewOfAccepted, type DryRunView } from './read/plan-view.js';
export { canonicalRecipient, canonicalRef, parseRecipient, type ParsedRecipient } from './recipients.js';
export { CorrectionService } from './recall/correction.service.js';
export { RangeRecallService } from './recall/range-recall.service.js';
export { RecallItemStore, type ClaimedRecallItem, type RecallItemOutcome } from './recall/recall-item.store.js';
export {
  RECALL_ITEM_STATUSES,
  type Correction,
  type Recall,
  type RecallItemStatus,
  type RecallRange,
  type RecallResult,
  type RecallSelector,
} from './recall/recall.js';
export { RecallService, type RecallPreview, type RecallRequest } from './recall/recall.service.js';
export { RecallStore } from './recall/recall.store.js';
export type { ClaimedPoll, PollOutcome, PolledRecipient, ReceiptPlan, RecipientReceipt } from './receipts/receipt.js';
export { ReceiptPollStore, type PollPass } from './receipts/receipt-poll.store.js';
export {
  DELIVERY_STATUSES,
  DELIVERY_TRANSITIONS,
  FINAL_RECIPIENT_STATUSES,
  MESSAGE_STATUSES,
  RECEIPT_TRANSITIONS,
  assertMove,
  canMove,
  canReceiptMove,
  type DeliveryStatus,
  type FinalRecipientStatus,
  type MessageStatus,
  type ReceiptStatus,
  type RecipientStatus,
} from './states.js';
export { KeyStore, type IdempotencyKey, type StoredIdempotency } from './submit/key.store.js';
export { keyReused } from './submit/keyed-acceptance.js';
export { ContentPurgeStore } from './retention/content-purge.store.js';
export { MonthDropStore, type DropOutcome } from './retention/month-drop.store.js';
export { SubmitMessageService, type SubmitContext } from './submit/submit-message.service.js';
export type { Refusal, Submission } from './submit/submission.js';
export type { DueRef } from './sweep/publish.sql.js';
export { SweepStore } from './sweep/sweep.store.js';
