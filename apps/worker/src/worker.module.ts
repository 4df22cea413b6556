import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AccountsModule } from '#libs/accounts';
import { AssetsModule } from '#libs/assets';
import { AppConfigModule, type AppConfig } from '#libs/config';
import { DatabaseModule } from '#libs/database';
import { DirectoryModule } from '#libs/directory';
import { DispatchModule } from '#libs/dispatch';
import { InsightModule } from '#libs/insight';
import { ImportsModule } from '#libs/imports';
import { FindingModule } from '#libs/insight';
import { CardsModule, MessagesModule } from '#libs/messages';
import { QueueModule } from '#libs/queue';
import { WebhooksModule } from '#libs/webhooks';
import { DispatchMetricsModule } from './dispatch/dispatch-metrics.module.js';
import { DispatchMetrics } from './dispatch/dispatch-metrics.js';
import { DispatchProcessor } from './dispatch/dispatch.processor.js';
import { DispatchRunner } from './dispatch/dispatch.runner.js';
import { GateMetrics } from './dispatch/gate-metrics.js';
import { WorkerHealthController } from './health/worker-health.controller.js';
import { WorkerReadinessService } from './health/worker-readiness.js';
import { CardHousekeepingSchedule } from './schedules/card-housekeeping.schedule.js';
import { FallbackSchedule } from './schedules/fallback.schedule.js';
import { DirectorySchedule } from './schedules/directory.schedule.js';
import { HousekeepingSchedule } from './schedules/housekeeping.schedule.js';
import { ImportSchedule } from './schedules/import.schedule.js';
import { LedgerSchedule } from './schedules/ledger.schedule.js';
import { MediaRenewalSchedule } from './schedules/media-renewal.schedule.js';
import { ReceiptsSchedule } from './schedules/receipts.schedule.js';
import { RecallSchedule } from './schedules/recall.schedule.js';
import { RejectionHousekeepingSchedule } from './schedules/rejection-housekeeping.schedule.js';
import { ReplaySchedule } from './schedules/replay.schedule.js';
import { RetentionSchedule } from './schedules/retention.schedule.js';
import { StatisticsSchedule } from './schedules/statistics.schedule.js';
import { SweepParts } from './schedules/sweep-parts.js';
import { SweepSchedule } from './schedules/sweep.schedule.js';
import { TokenRefreshSchedule } from './schedules/token-refresh.schedule.js';
import { WebhookSchedule } from './schedules/webhook.schedule.js';

/** Everything that sends. */
@Module({})
export class WorkerModule {
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        AppConfigModule.forRoot(config),
        ScheduleModule.forRoot(),
        AccountsModule,
        AssetsModule,
        CardsModule,
        DatabaseModule,
        DirectoryModule,
        DispatchMetricsModule,
        DispatchModule.observedBy(DispatchMetrics, DispatchMetricsModule),
        InsightModule,
        ImportsModule,
        FindingModule,
        MessagesModule,
        QueueModule,
        WebhooksModule,
      ],
      controllers: [WorkerHealthController],
      providers: [
        CardHousekeepingSchedule,
        DirectorySchedule,
        DispatchProcessor,
        DispatchRunner,
        GateMetrics,
        FallbackSchedule,
        HousekeepingSchedule,
        ImportSchedule,
        LedgerSchedule,
        MediaRenewalSchedule,
        ReceiptsSchedule,
        RecallSchedule,
        RejectionHousekeepingSchedule,
        ReplaySchedule,
        RetentionSchedule,
        StatisticsSchedule,
        SweepParts,
        SweepSchedule,
        TokenRefreshSchedule,
        WebhookSchedule,
        WorkerReadinessService,
      ],
    };
  }
}
