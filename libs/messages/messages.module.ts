import { Inject, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts';
import { AssetsModule } from '#libs/assets';
import { DatabaseModule } from '#libs/database';
import { DirectoryModule } from '#libs/directory';
import { QueueModule } from '#libs/queue';
import { SecurityModule } from '#libs/security';
import { TemplatesModule } from '#libs/templates';
import { CancelStore } from './control/cancel.store.js';
import { EventStore } from './control/event.store.js';
import { ReplayService } from './control/replay.service.js';
import { ResolveService } from './control/resolve.service.js';
import { SendNowStore } from './control/send-now.store.js';
import { DeadLetterReader } from './dead-letters/dead-letter.reader.js';
import { ReplayJobService } from './dead-letters/replay-job.service.js';
import { ReplayJobStore } from './dead-letters/replay-job.store.js';
import { DedupeStore } from './dedupe/dedupe.store.js';
import { DigestGatherer } from './digest/digest-gatherer.js';
import { DigestStore } from './digest/digest.store.js';
import { DeliveryPublisher } from './delivery-publisher.js';
import { ClaimStore } from './delivery/claim.store.js';
import { LeaseKeeper } from './delivery/lease-keeper.js';
import { ResolvedIdStore } from './delivery/resolved-id.store.js';
import { OutcomeStore } from './delivery/outcome.store.js';
import { ResponseCodes } from './delivery/response-code.js';
import { SplitStore } from './delivery/split.store.js';
import { FallbackService } from './fallback/fallback.service.js';
import { FallbackStore } from './fallback/fallback.store.js';
import { DirectoryView } from './plan/directory-view.js';
import { MessagePlanner } from './plan/message-planner.js';
import { QueueGauge } from './queue-gauge.js';
import { AttemptReader } from './read/attempt.reader.js';
import { BalanceReader } from './read/balance.reader.js';
import { BacklogReader } from './read/backlog.reader.js';
import { ContentReader } from './read/content.reader.js';
import { DryRunReader } from './read/dry-run.reader.js';
import { MessageReader } from './read/message.reader.js';
import { ProviderWords } from './read/provider-words.js';
import { RecipientReader } from './read/recipient.reader.js';
import { TimelineReader } from './read/timeline.reader.js';
import { CorrectionService } from './recall/correction.service.js';
import { CorrectionStore } from './recall/correction.store.js';
import { RangeRecallService, RangeRecallStores } from './recall/range-recall.service.js';
import { RecallItemStore } from './recall/recall-item.store.js';
import { RecallScanStore } from './recall/recall-scan.store.js';
import { RecallPlanner, RecallService } from './recall/recall.service.js';
import { RecallStore } from './recall/recall.store.js';
import { ReceiptPollStore } from './receipts/receipt-poll.store.js';
import { ContentPurgeStore } from './retention/content-purge.store.js';
import { MonthDropStore } from './retention/month-drop.store.js';
import { AcceptStore } from './submit/accept.store.js';
import { KeyStore } from './submit/key.store.js';
import { KeyedAcceptance } from './submit/keyed-acceptance.js';
import { SubmitMessageService } from './submit/submit-message.service.js';
import { PoolStore } from './sweep/pool.store.js';
import { SweepDigests } from './sweep/sweep-digests.js';
import { SweepStore } from './sweep/sweep.store.js';

const SERVICES = [
  AttemptReader,
  BalanceReader,
  BacklogReader,
  CancelStore,
  ClaimStore,
  ContentPurgeStore,
  ContentReader,
  CorrectionService,
  DeadLetterReader,
  DedupeStore,
  DirectoryView,
  DryRunReader,
  EventStore,
  FallbackService,
  KeyStore,
  LeaseKeeper,
  MessageReader,
  MonthDropStore,
  OutcomeStore,
  ResolvedIdStore,
  ProviderWords,
  RangeRecallService,
  RecallItemStore,
  RecallService,
  RecallStore,
  ReceiptPollStore,
  RecipientReader,
  ReplayJobService,
  ReplayJobStore,
  ReplayService,
  ResolveService,
  ResponseCodes,
  SendNowStore,
  SplitStore,
  SubmitMessageService,
  SweepStore,
  TimelineReader,
];

/** Messages from acceptance to their last state. */
@Module({
  imports: [
    AccountsModule,
    AssetsModule,
    DatabaseModule,
    DirectoryModule,
    QueueModule,
    SecurityModule,
    TemplatesModule,
  ],
  providers: [
    ...SERVICES,
    AcceptStore,
    CorrectionStore,
    DeliveryPublisher,
    DigestGatherer,
    DigestStore,
    FallbackStore,
    KeyedAcceptance,
    MessagePlanner,
    PoolStore,
    QueueGauge,
    RangeRecallStores,
    RecallPlanner,
    RecallScanStore,
    SweepDigests,
  ],
  exports: SERVICES,
})
export class MessagesModule implements BeforeApplicationShutdown {
  constructor(
    @Inject(SubmitMessageService) private readonly submissions: SubmitMessageService,
    @Inject(DeliveryPublisher) private readonly publisher: DeliveryPublisher,
  ) {}

  /** What has been accepted gets into the queue before its connection closes. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.submissions.drain();
    await this.publisher.drain();
  }
}
