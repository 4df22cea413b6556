import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts';
import { InsightModule } from '#libs/insight';
import { MessagesModule } from '#libs/messages';
import { SecurityModule } from '#libs/security';
import { QueuesController } from './queues.controller.js';
import { Backlogs, QueuesService } from './queues.service.js';

@Module({
  imports: [AccountsModule, InsightModule, MessagesModule, SecurityModule],
  controllers: [QueuesController],
  providers: [Backlogs, QueuesService],
})
export class QueuesApiModule {}
