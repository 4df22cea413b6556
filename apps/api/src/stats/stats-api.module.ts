import { Module } from '@nestjs/common';
import { InsightModule } from '#libs/insight';
import { MessagesModule } from '#libs/messages';
import { SecurityModule } from '#libs/security';
import { BalanceController } from './balance.controller.js';
import { RecountsController } from './recounts.controller.js';
import { StatsController } from './stats.controller.js';
import { StatReaders, StatsService } from './stats.service.js';

@Module({
  imports: [InsightModule, MessagesModule, SecurityModule],
  controllers: [BalanceController, RecountsController, StatsController],
  providers: [StatReaders, StatsService],
})
export class StatsApiModule {}
